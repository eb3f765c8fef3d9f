import type { Labels, Metric } from "../core/metric.ts";
import type { ByteCount } from "./byte-count.ts";
import { Histogram } from "./histogram/histogram.ts";
import { SparseCounts } from "./histogram/sparse-counts.ts";
import { Totals } from "./histogram/totals.ts";
import type { OpenSlot } from "./recording/open-slot.ts";
import type { SlotClock } from "./recording/slot-clock.ts";
import type { Archive } from "./slots/archive.ts";
import type { OpenPart, Subject } from "./subject.ts";
import { FLEET, type Series } from "./types.ts";

const UNKNOWN = -1;

/** The open slot of several series at once. */
class MergedOpen implements OpenPart {
  readonly totals = new Totals();
  readonly histogram: Histogram;

  constructor(byteCount: ByteCount) {
    this.histogram = new Histogram(byteCount);
  }

  readOctave(octave: number, target: Uint32Array): void {
    this.histogram.readOctave(octave, target);
  }

  addOctaves(target: Float64Array): void {
    const { octaves } = this.histogram;
    for (let octave = 0; octave < octaves.length; octave++) target[octave]! += octaves[octave]!;
  }

  addTotals(target: Totals): void {
    target.add(this.totals);
  }

  add(totals: Totals, sparse: SparseCounts): void {
    this.totals.add(totals);
    this.histogram.add(sparse);
  }

  clear(): void {
    this.totals.clear();
    this.histogram.clear();
  }
}

/** Where a series of the fleet gets its parts from. */
export interface FleetParts {
  /** The open slots of all entities' own series of a metric. */
  readonly slotsOf: (fleet: FleetSeries) => readonly OpenSlot[];
  readonly clock: SlotClock;
  readonly byteCount: ByteCount;
}

/**
 * One histogram of all entities together. Nothing is recorded twice: series are added when their slots close, and
 * what is still open when it is read. What an entity recorded stays in the fleet's past when it is removed.
 */
export class FleetSeries implements Series, Subject {
  readonly id: number;
  readonly entity = FLEET;
  readonly metric: Metric<"histogram">;
  readonly labels: Labels | undefined = undefined;
  readonly archive: Archive;
  readonly place: number;
  readonly born = -1;
  private readonly parts: FleetParts;
  /** What closed, or was removed, while the fleet's own slot is still open. */
  private readonly closed: MergedOpen;
  private readonly merged: MergedOpen;
  /** How much had been recorded when `merged` was made. */
  private mergedWhen = UNKNOWN;
  private readonly sparse = new SparseCounts();

  /** @param archive its own: it outlives what thousands of entities can keep */
  constructor(id: number, metric: Metric<"histogram">, archive: Archive, place: number, parts: FleetParts) {
    this.id = id;
    this.metric = metric;
    this.archive = archive;
    this.place = place;
    this.parts = parts;
    this.closed = new MergedOpen(parts.byteCount);
    this.merged = new MergedOpen(parts.byteCount);
  }

  watchedSince(): number {
    return this.parts.clock.begunAt;
  }

  open(): OpenPart {
    const { merged, closed, sparse } = this;
    const slots = this.parts.slotsOf(this);
    // Within a slot counts only grow, so as long as their sum is the same nothing has been recorded.
    let recorded = closed.totals.count;
    for (const slot of slots) recorded += slot.recorded;
    if (recorded === this.mergedWhen) return merged;
    this.mergedWhen = recorded;

    merged.clear();
    closed.histogram.gather(sparse);
    merged.add(closed.totals, sparse);
    for (const slot of slots) {
      if (slot.recorded === 0) continue;
      slot.addTotals(merged.totals);
      slot.gather(sparse);
      merged.histogram.add(sparse);
    }
    return merged;
  }

  /** A part of a slot that a series has closed. */
  take(totals: Totals, sparse: SparseCounts): void {
    this.closed.add(totals, sparse);
  }

  /** The totals of what has closed; a series that closes adds its own. */
  get closedTotals(): Totals {
    return this.closed.totals;
  }

  /** The counts of what has closed, of all buckets; a series that closes adds its own. */
  get closedCounts(): Uint32Array {
    return this.closed.histogram.allBuckets();
  }

  /** Adds its slot to the chunk that its archive has begun, after all series have closed theirs. */
  close(): void {
    const { totals, histogram } = this.closed;
    this.mergedWhen = UNKNOWN;
    if (totals.count === 0) return;
    histogram.recount();
    histogram.gather(this.sparse);
    this.archive.builder.add(this.place, totals, this.sparse);
    this.closed.clear();
  }
}
