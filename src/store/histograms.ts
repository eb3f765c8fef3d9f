import type { Metric } from "../core/metric.ts";
import type { ByteCount } from "./byte-count.ts";
import { FleetSeries } from "./fleet.ts";
import { SpreadCounts } from "./histogram/spread-counts.ts";
import type { HistogramShared } from "./recording/histogram-handles.ts";
import { OpenSlab } from "./recording/open-slab.ts";
import type { OpenSlot } from "./recording/open-slot.ts";
import type { SlotClock } from "./recording/slot-clock.ts";
import { SlotClosing } from "./recording/slot-closing.ts";
import { HistogramSeries } from "./series/histogram-series.ts";
import type { SeriesIdentity } from "./series/kept-series.ts";
import { Archive } from "./slots/archive.ts";
import { Scratch } from "./slots/scratch.ts";
import { SeriesTable } from "./slots/series-table.ts";
import type { StoreLimits, Tier } from "./slots/tiers.ts";

/** The fleet keeps its own past, so that it reaches back even when thousands of entities share the rest. */
const FLEET_LIMITS = { histogramBytes: 16 * 2 ** 20, rowBytes: 2 ** 20 };

/** All histograms of a store: their open slots, and what has closed. */
export class Histograms implements HistogramShared {
  readonly clock: SlotClock;
  readonly slab: OpenSlab;
  readonly spread = new SpreadCounts();
  readonly archive: Archive;
  /** The series of all entities together, by metric name. */
  readonly fleet = new Map<string, FleetSeries>();
  private readonly table = new SeriesTable<HistogramSeries>();
  private readonly fleetTable = new SeriesTable<FleetSeries>();
  readonly fleetArchive: Archive;
  private readonly scratch: Scratch;
  private readonly nextId: () => number;
  private readonly shared: ByteCount;
  private readonly closing: SlotClosing;

  constructor(
    clock: SlotClock,
    tiers: readonly Tier[],
    limits: StoreLimits,
    nextId: () => number,
    shared: ByteCount,
  ) {
    this.clock = clock;
    this.slab = new OpenSlab(shared);
    this.scratch = new Scratch(shared);
    this.archive = new Archive(tiers, limits, this.table, this.scratch, shared);
    this.fleetArchive = new Archive(tiers, FLEET_LIMITS, this.fleetTable, this.scratch, shared);
    this.nextId = nextId;
    this.shared = shared;
    this.closing = new SlotClosing({
      slab: this.slab,
      archive: this.archive,
      fleetArchive: this.fleetArchive,
      series: () => this.table.list,
      fleets: () => this.fleetTable.list,
    });
  }

  get fleetList(): readonly FleetSeries[] {
    return this.fleetTable.list;
  }

  /** Of closed slots. */
  get bytes(): number {
    return this.archive.bytes + this.fleetArchive.bytes;
  }

  /** Begins to keep a series; its slot is attached. */
  open(
    identity: SeriesIdentity,
    metric: Metric<"histogram">,
    slot: OpenSlot,
    since: () => number,
  ): HistogramSeries {
    const fleet = metric.fleet && identity.labels === undefined ? this.fleetOf(metric) : undefined;
    slot.attach();
    const { archive, clock } = this;
    return this.table.add((place) => {
      return new HistogramSeries(identity, metric, { archive, place, born: clock.slot, slot }, fleet, since);
    });
  }

  /** Forgets a series. What it recorded into the open slot stays with the fleet. */
  close({ place, slot, fleet }: HistogramSeries): void {
    this.settle();
    if (fleet !== undefined && slot.recorded > 0) {
      const { totals, sparse } = this.scratch;
      totals.clear();
      slot.addTotals(totals);
      slot.gather(sparse);
      fleet.take(totals, sparse);
    }
    slot.detach();
    this.table.remove(place);
    this.archive.windows.release(place);
  }

  /** The open slot ends: it is closed in slices, see SlotClosing. */
  endSlot(next: number): void {
    this.closing.begin(this.clock.slot, next);
  }

  /** To be called before closed slots are read: the slot that has ended may not be closed entirely. */
  settle(): void {
    this.closing.finish();
  }

  private fleetOf(metric: Metric<"histogram">): FleetSeries {
    let fleet = this.fleet.get(metric.name);
    if (fleet === undefined) {
      const parts = { clock: this.clock, byteCount: this.shared };
      fleet = this.fleetTable.add(
        (place) => new FleetSeries(this.nextId(), metric, this.fleetArchive, place, parts),
      );
      this.fleet.set(metric.name, fleet);
    }
    return fleet;
  }
}
