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
import { type Counts, quantiles } from "../histogram/quantiles.ts";
import { SparseCounts } from "../histogram/sparse-counts.ts";
import { Totals } from "../histogram/totals.ts";
import type { SlotClock } from "../recording/slot-clock.ts";
import type { OpenPart, Subject } from "../subject.ts";
import type { Bucket } from "../types.ts";
import { SlidingWindow } from "./sliding-window.ts";
import { type WindowSpan, windowSpan } from "./window-span.ts";

/** So many window lengths are remembered as read before. */
const MOST_ASKED = 64;

/**
 * Puts the numbers of a window together: closed slots, what is not merged into a coarse tier yet, and the
 * open slot. After `read` its fields describe that window, until the next `read`.
 */
export class WindowReader {
  readonly totals = new Totals();
  /** What the window covers, ms since the epoch. */
  fromMs = 0;
  toMs = 0;
  /** For windows that are not kept running. */
  readonly scratch: SlidingWindow;
  private counts: Counts;
  private openCounts: Counts | undefined;
  private readonly clock: SlotClock;
  private readonly merged: Histogram;
  private readonly sparse = new SparseCounts();
  /** Window lengths that were read at the newest time, and the slot that was open at the first reading. */
  private readonly asked = new Map<number, number>();

  constructor(clock: SlotClock, byteCount: ByteCount) {
    this.clock = clock;
    this.merged = new Histogram(byteCount);
    this.scratch = new SlidingWindow(byteCount);
    this.counts = this.merged;
  }

  /** The window of `windowMs` that ends at `at`. @param shape false where only totals are needed */
  readOnce(subject: Subject, windowMs: number, at: number, shape: boolean): void {
    const span = this.span(subject, windowMs, at);
    const running = span.tier === 0 ? this.running(subject, windowMs, span.to, shape) : undefined;
    if (running === undefined) this.scratch.over(subject.archive.tiers[span.tier]!, subject, shape);
    this.read(subject, span, running ?? this.scratch, shape, span.open ? subject.open() : undefined);
  }

  span(subject: Subject, windowMs: number, at: number): WindowSpan {
    return windowSpan(this.clock, subject.archive, windowMs, at);
  }

  /** @param slide a window over the span's tier; cheap where it only has to go forward */
  read(
    subject: Subject,
    span: WindowSpan,
    slide: SlidingWindow,
    shape: boolean,
    open: OpenPart | undefined,
  ): void {
    slide.moveTo(span.from, span.to);
    this.totals.clear();
    this.totals.add(slide.totals);
    this.counts = slide.histogram;
    if (span.restTo > span.restFrom) this.addRest(subject, span, slide.histogram, shape);
    this.openCounts = open;
    open?.addTotals(this.totals);
    this.fromMs = span.fromMs;
    this.toMs = span.toMs;
  }

  /**
   * Percentiles of the window, within its extremes; see `quantiles`.
   * NaN without values, or when they are so old that their distribution is no longer kept.
   */
  percentiles(percents: readonly number[], out: Float64Array): void {
    const { totals } = this;
    if (totals.count === 0 || quantiles(this.counts, this.openCounts, percents, out) === 0) {
      out.fill(Number.NaN);
      return;
    }
    for (let nth = 0; nth < percents.length; nth++) {
      const value = out[nth]!;
      out[nth] = value < totals.min ? totals.min : value > totals.max ? totals.max : value;
    }
  }

  /**
   * See StoreReader.countWithin. Exact but for the bucket that holds the limit, whose values are taken to lie
   * evenly within it: the error is less than the number of values in that bucket, which is 1.56 % wide.
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
    if (all === 0) return Number.NaN;
    const low = Math.max(min, bucketLow(last));
    const high = Math.min(max, bucketHigh(last));
    const within = below + (counts[last]! * (limit - low)) / (high - low);
    // Of a long window the oldest distributions may be gone: the rest stands for them.
    return (within / all) * count;
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
      const part = counts.subarray(octave * SUB_BUCKETS, (octave + 1) * SUB_BUCKETS);
      this.counts.addOctave(octave, part);
      this.openCounts?.addOctave(octave, part);
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
   */
  private running(
    subject: Subject,
    windowMs: number,
    last: number,
    shape: boolean,
  ): SlidingWindow | undefined {
    if (last < this.clock.slot - 1) return undefined;
    const running = subject.windows.find(windowMs);
    if (running !== undefined) {
      if (last < running.last && running.last !== Number.POSITIVE_INFINITY) return undefined;
      // The first time that its distribution is needed it begins anew, with one.
      if (shape && !running.hasHistogram) running.over(subject.archive.tiers[0]!, subject, true);
      return running;
    }
    const before = this.asked.get(windowMs);
    if (before !== undefined) return last > before ? this.start(subject, windowMs, shape) : undefined;
    if (this.asked.size === MOST_ASKED) this.asked.clear();
    this.asked.set(windowMs, last);
    return undefined;
  }

  private start(subject: Subject, windowMs: number, shape: boolean): SlidingWindow {
    const slide = subject.windows.start(windowMs, subject.byteCount);
    slide.over(subject.archive.tiers[0]!, subject, shape);
    return slide;
  }
}
