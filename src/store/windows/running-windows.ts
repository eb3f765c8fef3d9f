import type { ByteCount } from "../byte-count.ts";
import type { Histogram, HistogramMemory } from "../histogram/histogram.ts";
import { SUB_BUCKETS } from "../histogram/histogram-layout.ts";
import { Slab, type SlabViews } from "../slab.ts";
import type { Placed } from "../slots/series-table.ts";
import type { SlotTier } from "../slots/slot-tier.ts";
import { SlidingWindow } from "./sliding-window.ts";

/** So many windows of a series are kept running; the oldest one makes room for another. */
const MOST_RUNNING = 4;
/** So many lengths of windows are kept running; the one with the fewest series makes room for another. */
const MOST_LENGTHS = 16;

/** Places among the numbers of a block. */
const COUNT = 0;
const SUM = 1;
const MIN = 2;
const MAX = 3;
const FROM = 4;
const TO = 5;
const LOST_BEFORE = 6;
/** First octave, octaves and whether it has a histogram, in one number. */
const SHAPE = 7;
const SHAPE_UNIT = 64;

/** For each octave a block has its sum, and then the counts of all its buckets. */
const OCTAVE_BYTES = 8 + SUB_BUCKETS * 4;

const NONE = -1;

/** The running windows of one length. */
interface Running {
  readonly windowMs: number;
  /** Where the block of the series at a place begins in the slab; NONE where it has none. */
  starts: Int32Array;
  series: number;
}

/**
 * The windows of all series of an archive that are read each tick: each goes on from where it was read last. They
 * lie in one slab, so that a tick that reads all series visits memory in its own order and no objects on the way.
 * The one that is read is loaded into `slide`.
 */
export class RunningWindows implements HistogramMemory {
  readonly slide: SlidingWindow;
  private readonly slab: Slab;
  private readonly lengths: Running[] = [];
  private readonly byteCount: ByteCount;
  /** What is loaded. */
  private loaded: Running | undefined;
  private place = 0;
  private start = NONE;

  constructor(byteCount: ByteCount) {
    this.byteCount = byteCount;
    this.slab = new Slab(byteCount, OCTAVE_BYTES);
    this.slide = new SlidingWindow(byteCount, this);
  }

  /** Loads the window of a series, over the finest tier, into `slide`. @returns false when it has none */
  load(windowMs: number, series: Placed, tier: SlotTier): boolean {
    const { place } = series;
    for (const running of this.lengths) {
      if (running.windowMs !== windowMs) continue;
      const start = place < running.starts.length ? running.starts[place]! : NONE;
      if (start === NONE) return false;
      this.loaded = running;
      this.place = place;
      this.start = start;
      this.read(tier, series);
      return true;
    }
    return false;
  }

  /** Keeps a window of this length running for a series and loads it; `over` must be called on it. */
  begin(windowMs: number, series: Placed, tier: SlotTier): void {
    const { place } = series;
    let running = this.lengths.find((each) => each.windowMs === windowMs);
    const has = this.lengths.filter(({ starts }) => (starts[place] ?? NONE) !== NONE);
    if (has.length >= MOST_RUNNING) this.drop(has[0]!, place);
    if (running === undefined) {
      if (this.lengths.length >= MOST_LENGTHS) this.dropSmallest();
      running = { windowMs, starts: new Int32Array(0), series: 0 };
      this.lengths.push(running);
    }
    if (place >= running.starts.length) this.widen(running, place);
    const start = this.slab.take(0);
    running.starts[place] = start;
    running.series += 1;
    this.load(windowMs, series, tier);
  }

  /** Writes back what was loaded, after it has moved. */
  save(): void {
    const { numbers } = this.slab;
    const { totals, histogram } = this.slide;
    const row = this.start >> 3;
    numbers[row + COUNT] = totals.count;
    numbers[row + SUM] = totals.sum;
    numbers[row + MIN] = totals.min;
    numbers[row + MAX] = totals.max;
    numbers[row + FROM] = this.slide.from;
    numbers[row + TO] = this.slide.to;
    numbers[row + LOST_BEFORE] = this.slide.lostBefore;
    const octaves = histogram.length >> 6;
    const first = histogram.base >> 6;
    const shape = this.slide.hasHistogram ? 1 : 0;
    numbers[row + SHAPE] = (shape * SHAPE_UNIT + first) * SHAPE_UNIT + octaves;
    const sums = this.slab.countsOf(this.start) >> 3;
    for (let nth = 0; nth < octaves; nth++) numbers[sums + nth] = histogram.octaves[first + nth]!;
  }

  /** The series at a place is gone. */
  release(place: number): void {
    for (const running of [...this.lengths]) {
      if ((running.starts[place] ?? NONE) !== NONE) this.drop(running, place);
    }
    if (this.slab.sparse) this.slab.rebuild((before) => this.moveAll(before));
  }

  move(histogram: Histogram, base: number, length: number): void {
    const { slab } = this;
    const octaves = histogram.length >> 6;
    const start = slab.take(length >> 6);
    const { words } = slab;
    const to = (slab.countsOf(start) + (length >> 6) * 8) >> 2;
    const from = (slab.countsOf(this.start) + octaves * 8) >> 2;
    words.copyWithin(to + histogram.base - base, from, from + histogram.length);
    slab.give(this.start, octaves);
    this.start = start;
    this.loaded!.starts[this.place] = start;
    histogram.use(words, to, base, length);
  }

  private read(tier: SlotTier, series: Placed): void {
    const { slab, slide, start } = this;
    const { numbers } = slab;
    const { totals, histogram } = slide;
    const row = start >> 3;
    const shape = numbers[row + SHAPE]!;
    slide.over(tier, series, shape >= SHAPE_UNIT * SHAPE_UNIT);
    totals.count = numbers[row + COUNT]!;
    totals.sum = numbers[row + SUM]!;
    totals.min = numbers[row + MIN]!;
    totals.max = numbers[row + MAX]!;
    slide.from = numbers[row + FROM]!;
    slide.to = numbers[row + TO]!;
    slide.lostBefore = numbers[row + LOST_BEFORE]!;
    const sum = histogram.octaves;
    // What was loaded before; not `fill`, because a call into the engine costs more than the loop.
    const end = histogram.base + histogram.length;
    for (let octave = histogram.base >> 6; octave < end >> 6; octave++) sum[octave] = 0;
    const octaves = shape & (SHAPE_UNIT - 1);
    const first = (shape >> 6) & (SHAPE_UNIT - 1);
    const sums = slab.countsOf(start) >> 3;
    for (let nth = 0; nth < octaves; nth++) sum[first + nth] = numbers[sums + nth]!;
    histogram.use(slab.words, (sums + octaves) << 1, first << 6, octaves << 6);
  }

  private drop(running: Running, place: number): void {
    const start = running.starts[place]!;
    this.slab.give(start, octavesOf(this.slab, start));
    running.starts[place] = NONE;
    running.series -= 1;
    if (running.series === 0) this.forget(running);
  }

  private dropSmallest(): void {
    const smallest = this.lengths.reduce((least, each) => (each.series < least.series ? each : least));
    for (const [place, start] of smallest.starts.entries()) if (start !== NONE) this.drop(smallest, place);
  }

  private forget(running: Running): void {
    this.byteCount.bytes -= running.starts.byteLength;
    this.lengths.splice(this.lengths.indexOf(running), 1);
  }

  private widen(running: Running, place: number): void {
    const starts = new Int32Array(Math.max(16, Math.ceil((place + 1) * 1.5))).fill(NONE);
    starts.set(running.starts);
    this.byteCount.bytes += starts.byteLength - running.starts.byteLength;
    running.starts = starts;
  }

  private moveAll(before: SlabViews): void {
    for (const { starts } of this.lengths) {
      for (let place = 0; place < starts.length; place++) {
        const from = starts[place]!;
        if (from === NONE) continue;
        const octaves = octavesOf(before, from);
        const to = this.slab.take(octaves);
        const end = this.slab.countsOf(from) + octaves * OCTAVE_BYTES;
        this.slab.bytes.set(before.bytes.subarray(from, end), to);
        starts[place] = to;
      }
    }
  }
}

function octavesOf({ numbers }: SlabViews, start: number): number {
  return numbers[(start >> 3) + SHAPE]! & (SHAPE_UNIT - 1);
}
