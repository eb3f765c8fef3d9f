import type { ByteCount } from "../byte-count.ts";
import { Histogram, type HistogramMemory } from "../histogram/histogram.ts";
import { EXACT_SUM, Totals } from "../histogram/totals.ts";
import type { Placed } from "../slots/series-table.ts";
import type { SlotTier } from "../slots/slot-tier.ts";

const NOWHERE = Number.POSITIVE_INFINITY;

/**
 * A window over the closed slots of one series in one tier. Moving it forward adds the slots that came and
 * subtracts those that went, so that a step costs what changed and not the length of the window. It moves when it is
 * read and not when a slot closes: so its memory is visited once a tick, and closing a slot stays short.
 */
export class SlidingWindow {
  readonly totals = new Totals();
  readonly histogram: Histogram;
  private tier: SlotTier | undefined;
  private place = 0;
  /** Slots of the tier before this one belong to another series. */
  private born = 0;
  private withHistogram = true;
  /** The slots from < slot <= to are inside; Infinity before it was moved anywhere. */
  from = NOWHERE;
  to = NOWHERE;
  /** Of slots before this number the tier had lost the histograms when the window began. */
  lostBefore = 0;

  /** @param memory where the counts of its histogram are; of its own when absent */
  constructor(byteCount: ByteCount, memory?: HistogramMemory) {
    this.histogram = new Histogram(byteCount, memory);
  }

  get hasHistogram(): boolean {
    return this.withHistogram;
  }

  /** Covers another series or tier from now on. @param withHistogram false where no percentile is needed */
  over(tier: SlotTier, { place, born }: Placed, withHistogram: boolean): void {
    this.tier = tier;
    this.place = place;
    this.born = Math.ceil(born / tier.ratio);
    this.to = NOWHERE;
    this.withHistogram = withHistogram;
  }

  /** Covers those of the slots from < slot <= to that are complete. Cheap when neither has gone back. */
  moveTo(from: number, to: number): void {
    const tier = this.tier!;
    const first = Math.max(from, tier.first - 1, this.born - 1);
    const last = Math.min(to, tier.complete);
    if (this.torn || first < this.from || last < this.to || first >= this.to) this.restart(first);
    while (this.to < last) {
      this.to += 1;
      tier.at(this.to)?.include(this.place, this.totals, this.withHistogram ? this.histogram : undefined);
    }
    this.dropUntil(first);
  }

  /** Forgets the slots up to `from`, where it still has any. */
  private dropUntil(from: number): void {
    let rescan = false;
    while (this.from < from) {
      this.from += 1;
      rescan = this.exclude(this.from) || rescan;
    }
    if (rescan) this.rescan();
  }

  /** What has left the tier, or lost its histogram, can no longer be subtracted. */
  private get torn(): boolean {
    const { first, lostBefore } = this.tier!;
    const tail = this.from + 1;
    return tail < first || (tail < lostBefore && this.lostBefore < lostBefore);
  }

  private restart(from: number): void {
    this.totals.clear();
    this.histogram.clear();
    this.from = from;
    this.to = from;
    this.lostBefore = this.tier!.lostBefore;
  }

  /** @returns whether the sum or an extreme must be computed anew. */
  private exclude(slot: number): boolean {
    const inexact = this.totals.sum > EXACT_SUM;
    const histogram = this.withHistogram ? this.histogram : undefined;
    return (this.tier!.at(slot)?.exclude(this.place, this.totals, histogram) ?? false) || inexact;
  }

  private rescan(): void {
    const { tier, totals, place } = this;
    totals.sum = 0;
    totals.min = Number.POSITIVE_INFINITY;
    totals.max = Number.NEGATIVE_INFINITY;
    for (let slot = this.from + 1; slot <= this.to; slot++) tier!.at(slot)?.includeValues(place, totals);
  }
}
