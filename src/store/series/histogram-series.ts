import type { Metric } from "../../core/metric.ts";
import type { FleetSeries } from "../fleet.ts";
import type { OpenSlot } from "../recording/open-slot.ts";
import type { Archive } from "../slots/archive.ts";
import type { Subject } from "../subject.ts";
import { KeptSeries, type SeriesIdentity } from "./kept-series.ts";

/** A histogram of an entity, or of one of its label sets. */
export class HistogramSeries extends KeptSeries<Metric<"histogram">> implements Subject {
  readonly archive: Archive;
  readonly place: number;
  readonly born: number;
  readonly slot: OpenSlot;
  /** The series of all entities together that it is part of. */
  readonly fleet: FleetSeries | undefined;
  private readonly since: () => number;

  /** @param since when its entity has been kept since, ms since the epoch; NaN while no time is known */
  constructor(
    identity: SeriesIdentity,
    metric: Metric<"histogram">,
    slots: { archive: Archive; place: number; born: number; slot: OpenSlot },
    fleet: FleetSeries | undefined,
    since: () => number,
  ) {
    super(identity, metric);
    this.archive = slots.archive;
    this.place = slots.place;
    this.born = slots.born;
    this.slot = slots.slot;
    this.fleet = fleet;
    this.since = since;
  }

  override get lastAt(): number {
    return this.slot.lastAt;
  }

  watchedSince(): number {
    return this.since();
  }
}
