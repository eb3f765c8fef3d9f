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
import type { Ledger } from "../ledger.ts";
import type { SlotClock } from "../recording/slot-clock.ts";
import type { OpenPart, Subject } from "../subject.ts";
import type { LatencyBucket } from "../types.ts";
import type { SlidingWindow } from "./sliding-window.ts";
import { type WindowSpan, windowSpan } from "./window-span.ts";

/** So many window lengths are remembered as asked before. */
const MOST_ASKED = 64;

/**
 * Puts the numbers of a window together: closed slots, what is not merged into a coarse tier yet, and the
 * open slot. After `read` its fields speak of that window, until the next `read`.
 */
export class WindowReader {
  readonly totals = new Totals();
  /** What the window covers, ms since the epoch. */
  fromMs = 0;
  toMs = 0;
  private counts: Counts;
  private openCounts: Counts | undefined;
  private readonly clock: SlotClock;
  private readonly ledger: Ledger;
  private readonly merged: Histogram;
  private readonly sparse = new SparseCounts();
  private readonly scratch: SlidingWindow;
  /** Window lengths that were asked at the newest time, and the slot that was open at the first asking. */
  private readonly asked = new Map<number, number>();

  constructor(clock: SlotClock, scratch: SlidingWindow, ledger: Ledger) {
    this.clock = clock;
    this.ledger = ledger;
    this.merged = new Histogram(ledger);
    this.scratch = scratch;
    this.counts = this.merged;
  }

  /** The window of `windowMs` that ends at `at`. */
  readOnce(subject: Subject, windowMs: number, at: number): void {
    const span = this.span(subject, windowMs, at);
    const running = span.tier === 0 ? this.running(subject, windowMs, span.to) : undefined;
    if (running === undefined) this.scratch.over(subject.archive.tiers[span.tier]!, subject, true);
    this.read(subject, span, running ?? this.scratch, true, span.open ? subject.open() : undefined);
  }

  span(subject: Subject, windowMs: number, at: number): WindowSpan {
    return windowSpan(this.clock, subject.archive, windowMs, at);
  }

  /** @param slide a window over the span's tier; cheap where it only has to go forward. */
  read(
    subject: Subject,
    span: WindowSpan,
    slide: SlidingWindow,
    withHistogram: boolean,
    open: OpenPart | undefined,
  ): void {
    slide.moveTo(span.from, span.to);
    this.totals.clear();
    this.totals.add(slide.totals);
    this.counts = slide.histogram;
    if (span.restTo > span.restFrom) this.addRest(subject, span, slide.histogram, withHistogram);
    this.openCounts = open;
    open?.addTotals(this.totals);
    this.fromMs = span.fromMs;
    this.toMs = span.toMs;
  }

  /**
   * Percentiles of the window, within its extremes, ms; see `quantiles`.
   * NaN when there were requests, but so long ago that the shape of their latencies is no longer known.
   */
  percentiles(percents: readonly number[], out: Float64Array): void {
    const { totals } = this;
    if (totals.requests === 0) {
      out.fill(0);
    } else if (quantiles(this.counts, this.openCounts, percents, out) === 0) {
      out.fill(Number.NaN);
    } else {
      for (let nth = 0; nth < percents.length; nth++) {
        const value = out[nth]!;
        out[nth] = value < totals.min ? totals.min : value > totals.max ? totals.max : value;
      }
    }
  }

  /** See History.shareWithin. */
  shareWithin(thresholdMs: number): number {
    const { requests, max } = this.totals;
    if (requests === 0) return Number.NaN;
    if (thresholdMs >= max) return 1;
    const counts = this.allCounts();
    const last = bucketIndex(Math.max(0, thresholdMs));
    let within = 0;
    let all = 0;
    for (let index = BELOW; index <= ABOVE; index++) {
      all += counts[index]!;
      if (index <= last) within += counts[index]!;
    }
    return all === 0 ? Number.NaN : within / all;
  }

  /** The non-empty buckets of the window, rising. */
  buckets(): readonly LatencyBucket[] {
    const counts = this.allCounts();
    const buckets: LatencyBucket[] = [];
    for (let index = BELOW; index <= ABOVE; index++) {
      const count = counts[index]!;
      if (count > 0) buckets.push({ lowMs: bucketLow(index), highMs: bucketHigh(index), count });
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

  private addRest(subject: Subject, span: WindowSpan, coarse: Histogram, withHistogram: boolean): void {
    const finest = subject.archive.tiers[0]!;
    if (withHistogram) {
      this.merged.clear();
      coarse.gather(this.sparse);
      this.merged.add(this.sparse);
      this.counts = this.merged;
    }
    const first = Math.max(span.restFrom + 1, subject.born, finest.first);
    for (let slot = first; slot <= Math.min(span.restTo, finest.complete); slot++) {
      finest.at(slot)?.include(subject.id, this.totals, withHistogram ? this.merged : undefined);
    }
  }

  /**
   * A window length that is asked at the newest time again, after a slot has passed, is one that is asked
   * each tick: it is kept running. Others are merged on demand.
   */
  private running(subject: Subject, windowMs: number, last: number): SlidingWindow | undefined {
    if (last < this.clock.slot - 1) return undefined;
    const running = subject.windows.find(windowMs);
    if (running !== undefined)
      return last >= running.last || running.last === Number.POSITIVE_INFINITY ? running : undefined;
    const before = this.asked.get(windowMs);
    if (before !== undefined) return last > before ? this.start(subject, windowMs) : undefined;
    if (this.asked.size === MOST_ASKED) this.asked.clear();
    this.asked.set(windowMs, last);
    return undefined;
  }

  private start(subject: Subject, windowMs: number): SlidingWindow {
    const slide = subject.windows.start(windowMs, this.clock.slotMs, this.ledger);
    slide.over(subject.archive.tiers[0]!, subject, true);
    return slide;
  }
}
