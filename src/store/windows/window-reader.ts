import type { Gap } from "../../core/gaps.ts";
import type { ByteCount } from "../byte-count.ts";
import { Histogram } from "../histogram/histogram.ts";
import {
  ABOVE,
  BELOW,
  BUCKETS,
  bucketHigh,
  bucketIndex,
  bucketLow,
  OCTAVES,
  SUB_BUCKETS,
} from "../histogram/histogram-layout.ts";
import { quantiles } from "../histogram/quantiles.ts";
import { SparseCounts } from "../histogram/sparse-counts.ts";
import { Totals } from "../histogram/totals.ts";
import type { SlotClock } from "../recording/slot-clock.ts";
import type { Archive } from "../slots/archive.ts";
import type { Subject } from "../subject.ts";
import type { Bucket, Covered } from "../types.ts";
import { SlidingWindow } from "./sliding-window.ts";
import { type ScalarReach, type WindowSpan, windowSpan } from "./window-span.ts";

/** So many window lengths are remembered as read before. */
const MOST_ASKED = 64;

/**
 * Puts the numbers of a window together: closed slots, and what is not merged into a coarse tier yet. After `read`
 * its fields describe that window, until the next `read`.
 */
export class WindowReader {
  readonly totals = new Totals();
  /** What the window covers, ms since the epoch. */
  fromMs = 0;
  toMs = 0;
  /** For windows that are not kept running. */
  readonly scratch: SlidingWindow;
  private counts: Histogram;
  private readonly clock: SlotClock;
  private readonly scalars: ScalarReach;
  private readonly merged: Histogram;
  private readonly sparse = new SparseCounts();
  /** Window lengths that were read at the newest time, and the slot that was open at the first reading. */
  private readonly asked = new Map<number, number>();
  /** The newest answer of `span`, and to which question: slots close when the open slot changes. */
  private spanned: WindowSpan | undefined;
  private spanWindowMs = 0;
  private spanAt = 0;
  private spanSlot = -1;
  private spanArchive: Archive | undefined;
  private newestCovered: Covered | undefined;

  constructor(clock: SlotClock, scalars: ScalarReach, byteCount: ByteCount) {
    this.clock = clock;
    this.scalars = scalars;
    this.merged = new Histogram(byteCount);
    this.scratch = new SlidingWindow(byteCount);
    this.counts = this.merged;
  }

  /** See SlotClock. */
  get gaps(): readonly Gap[] {
    return this.clock.gaps;
  }

  /** The window of `windowMs` that ends at `at`. @param shape false where only totals are needed */
  readOnce(subject: Subject, windowMs: number, at: number, shape: boolean): void {
    const { archive } = subject;
    const span = this.span(archive, windowMs, at);
    if (span.tier === 0 && this.loadRunning(subject, windowMs, span.to, shape)) {
      this.read(subject, span, archive.windows.slide, shape);
      archive.windows.save();
      return;
    }
    this.scratch.over(archive.tiers[span.tier]!, subject, shape);
    this.read(subject, span, this.scratch, shape);
  }

  covered(archive: Archive, windowMs: number, at: number): Covered {
    const { tier, fromMs, toMs } = this.span(archive, windowMs, at);
    const { slotMs } = archive.tiers[tier]!;
    const known = this.newestCovered;
    if (known?.fromMs === fromMs && known.toMs === toMs && known.slotMs === slotMs) return known;
    this.newestCovered = { fromMs, toMs, slotMs };
    return this.newestCovered;
  }

  /** See `windowSpan`. A tick asks for the same window of every series. */
  span(archive: Archive, windowMs: number, at: number): WindowSpan {
    const { clock } = this;
    if (
      this.spanned === undefined ||
      windowMs !== this.spanWindowMs ||
      at !== this.spanAt ||
      clock.slot !== this.spanSlot ||
      archive !== this.spanArchive
    ) {
      this.spanned = windowSpan(clock, archive, this.scalars, windowMs, at);
      this.spanWindowMs = windowMs;
      this.spanAt = at;
      this.spanSlot = clock.slot;
      this.spanArchive = archive;
    }
    return this.spanned;
  }

  /** @param slide a window over the span's tier; cheap where it only has to go forward */
  read(subject: Subject, span: WindowSpan, slide: SlidingWindow, shape: boolean): void {
    slide.moveTo(span.from, span.to);
    this.totals.clear();
    this.totals.add(slide.totals);
    this.counts = slide.histogram;
    if (span.restTo > span.restFrom) this.addRest(subject, span, slide.histogram, shape);
    this.fromMs = span.fromMs;
    this.toMs = span.toMs;
  }

  /**
   * Percentiles of the window, within its extremes; see `quantiles`.
   * NaN without values, or when they are so old that the distribution of some is no longer kept.
   */
  percentiles(percents: readonly number[], out: Float64Array): void {
    const { totals } = this;
    if (totals.count === 0 || quantiles(this.counts, percents, out) < totals.count) {
      out.fill(Number.NaN);
      return;
    }
    for (let nth = 0; nth < percents.length; nth++) {
      const value = out[nth]!;
      out[nth] = value < totals.min ? totals.min : value > totals.max ? totals.max : value;
    }
  }

  /**
   * See StoreReader.countWithin. Exact but for the bucket that holds the limit, which is 1.56 % wide. Its values
   * are taken to lie evenly within it, or within the window's extremes where it holds these: the error is less than
   * their number. It is exact where the limit is the edge of a bucket (any k / 64 of a power of two with k from 64
   * to 128, such as 250, 300, 500 and 1000), where all values are the same, and when the largest is at the limit.
   */
  countWithin(limit: number): number {
    const { count, min, max } = this.totals;
    if (count === 0 || limit < min) return 0;
    if (limit >= max) return count;
    const counts = this.allCounts();
    const last = bucketIndex(limit);
    let below = 0;
    let all = 0;
    for (let index = BELOW; index <= ABOVE; index++) {
      all += counts[index]!;
      if (index < last) below += counts[index]!;
    }
    if (all < count) return Number.NaN;
    const low = Math.max(min, bucketLow(last));
    const high = Math.min(max, bucketHigh(last));
    const share = counts[last]! * (high > low ? (limit - low) / (high - low) : 1);
    // The smallest value is within, and the largest is not: neither bound follows from the share.
    const least = bucketIndex(min) === last ? 1 : 0;
    const most = bucketIndex(max) === last ? counts[last]! - 1 : counts[last]!;
    return below + Math.min(most, Math.max(least, share));
  }

  /** The non-empty buckets of the window, rising. */
  buckets(): readonly Bucket[] {
    const counts = this.allCounts();
    const buckets: Bucket[] = [];
    for (let index = BELOW; index <= ABOVE; index++) {
      const count = counts[index]!;
      if (count > 0) buckets.push({ low: bucketLow(index), high: bucketHigh(index), count });
    }
    return buckets;
  }

  private allCounts(): Uint32Array {
    const counts = new Uint32Array(BUCKETS);
    for (let octave = 0; octave < OCTAVES; octave++) {
      const first = octave * SUB_BUCKETS;
      this.counts.readOctave(octave, counts.subarray(first, first + SUB_BUCKETS));
    }
    return counts;
  }

  private addRest(subject: Subject, span: WindowSpan, coarse: Histogram, shape: boolean): void {
    const finest = subject.archive.tiers[0]!;
    if (shape) {
      this.merged.clear();
      coarse.gather(this.sparse);
      this.merged.add(this.sparse);
      this.counts = this.merged;
    }
    const first = Math.max(span.restFrom + 1, subject.born, finest.first);
    for (let slot = first; slot <= Math.min(span.restTo, finest.complete); slot++) {
      finest.at(slot)?.include(subject.place, this.totals, shape ? this.merged : undefined);
    }
  }

  /**
   * A window length that is read at the newest time again, after a slot has passed, is one that is read each
   * tick: it is kept running. Others are merged on demand.
   * @returns whether the archive's running window of the series is loaded now, and can go on to `last`
   */
  private loadRunning(subject: Subject, windowMs: number, last: number, shape: boolean): boolean {
    if (last < this.clock.over) return false;
    const { archive } = subject;
    const { windows } = archive;
    const finest = archive.tiers[0]!;
    if (windows.load(windowMs, subject, finest)) {
      const { slide } = windows;
      if (last < slide.to && slide.to !== Number.POSITIVE_INFINITY) return false;
      // The first time that its distribution is needed it begins anew, with one.
      if (shape && !slide.hasHistogram) slide.over(finest, subject, true);
      return true;
    }
    const before = this.asked.get(windowMs);
    if (before === undefined) {
      if (this.asked.size === MOST_ASKED) this.asked.clear();
      this.asked.set(windowMs, last);
      return false;
    }
    if (last <= before) return false;
    windows.begin(windowMs, subject, finest);
    windows.slide.over(finest, subject, shape);
    return true;
  }
}
