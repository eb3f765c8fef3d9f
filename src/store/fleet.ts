import type { Labels, Metric } from "../core/metric.ts";
import type { ByteCount } from "./byte-count.ts";
import { Histogram } from "./histogram/histogram.ts";
import { SparseCounts } from "./histogram/sparse-counts.ts";
import { Totals } from "./histogram/totals.ts";
import type { SlotClock } from "./recording/slot-clock.ts";
import type { Archive } from "./slots/archive.ts";
import type { Subject } from "./subject.ts";
import { FLEET, type Series } from "./types.ts";

/**
 * One histogram of all entities together. Nothing is recorded twice: series are added when their slots close. What
 * an entity recorded stays in the fleet's past when it is removed.
 */
export class FleetSeries implements Series, Subject {
  readonly id: number;
  readonly entity = FLEET;
  readonly metric: Metric<"histogram">;
  readonly labels: Labels | undefined = undefined;
  readonly archive: Archive;
  readonly place: number;
  readonly openedAt = Number.NEGATIVE_INFINITY;
  readonly born = -1;
  private readonly clock: SlotClock;
  /** What closed, or was removed, while the fleet's own slot is still open. */
  private readonly totals = new Totals();
  private readonly histogram: Histogram;
  private readonly sparse = new SparseCounts();

  /** @param archive its own: it outlives what thousands of entities can keep */
  constructor(
    id: number,
    metric: Metric<"histogram">,
    archive: Archive,
    place: number,
    { clock, byteCount }: { readonly clock: SlotClock; readonly byteCount: ByteCount },
  ) {
    this.id = id;
    this.metric = metric;
    this.archive = archive;
    this.place = place;
    this.clock = clock;
    this.histogram = new Histogram(byteCount);
  }

  watchedSince(): number {
    return this.clock.begunAt;
  }

  /** A part of a slot that a series has closed. */
  take(totals: Totals, sparse: SparseCounts): void {
    this.totals.add(totals);
    this.histogram.add(sparse);
  }

  /** The totals of what has closed; a series that closes adds its own. */
  get closedTotals(): Totals {
    return this.totals;
  }

  /** The counts of what has closed, of all buckets; a series that closes adds its own. */
  get closedCounts(): Uint32Array {
    return this.histogram.allBuckets();
  }

  /** Adds its slot to the chunk that its archive has begun, after all series have closed theirs. */
  close(): void {
    const { totals, histogram } = this;
    if (totals.count === 0) return;
    histogram.recount();
    histogram.gather(this.sparse);
    this.archive.builder.add(this.place, totals, this.sparse);
    totals.clear();
    histogram.clear();
  }
}
