import type { Histogram } from "../histogram/histogram.ts";
import type { Totals } from "../histogram/totals.ts";

/** Columns of a row: whole numbers (the last says where its histogram begins), and latencies. */
export const REQUESTS = 0;
export const ERRORS = 1;
export const CHECKS = 2;
export const FAILED_CHECKS = 3;
export const OFFSET = 4;
export const WHOLES = 5;
export const SUM = 0;
export const MIN = 1;
export const MAX = 2;
export const LATENCIES = 3;
/** What a row takes, with its place in the list of rows, bytes. */
export const ROW_BYTES = WHOLES * 4 + LATENCIES * 8 + 4;

/**
 * One closed slot of all series together. A tick goes through all of them in the order of their numbers, so
 * what is added and what is subtracted is read from the first byte to the last: memory is fast at that, and
 * slow at visiting thousands of series that each keep a past of their own. A series in which nothing
 * happened has no row.
 */
export class SlotChunk {
  readonly slot: number;
  /** What its rows take, and its histograms, bytes. */
  readonly rowBytes: number;
  private readonly latencies: Float64Array;
  private readonly wholes: Uint32Array;
  /** The row of each series, from 1; 0 where it has none. */
  private readonly rowOf: Uint32Array;
  private histograms: Uint8Array | undefined;

  /**
   * Takes copies of what it is given.
   * @param wholes one row more than there are, whose offset is the end of the last histogram
   */
  constructor(
    slot: number,
    latencies: Float64Array,
    wholes: Uint32Array,
    rowOf: Uint32Array,
    histograms: Uint8Array,
  ) {
    this.slot = slot;
    this.rowBytes = latencies.byteLength + wholes.byteLength + rowOf.byteLength;
    // One piece of memory: with few series a slot would be mostly the objects around its arrays.
    const memory = new ArrayBuffer(this.rowBytes);
    this.latencies = new Float64Array(memory, 0, latencies.length);
    this.latencies.set(latencies);
    this.wholes = new Uint32Array(memory, latencies.byteLength, wholes.length);
    this.wholes.set(wholes);
    this.rowOf = new Uint32Array(memory, latencies.byteLength + wholes.byteLength, rowOf.length);
    this.rowOf.set(rowOf);
    this.histograms = histograms.slice();
  }

  get histogramBytes(): number {
    return this.histograms?.length ?? 0;
  }

  /** Forgets the shapes of the latencies; counts, sums and extremes stay. */
  dropHistograms(): void {
    this.histograms = undefined;
  }

  has(series: number): boolean {
    return series < this.rowOf.length && this.rowOf[series] !== 0;
  }

  /** Adds what a series did: its totals, and its histogram where one is given. */
  include(series: number, totals: Totals, histogram: Histogram | undefined): void {
    if (!this.has(series)) return;
    const row = this.rowOf[series]! - 1;
    this.apply(row, totals, histogram, 1);
    this.widen(row, totals);
  }

  /** Takes it away again, all but the extremes. @returns whether these, or the sum, must be found anew. */
  exclude(series: number, totals: Totals, histogram: Histogram | undefined): boolean {
    if (!this.has(series)) return false;
    const row = this.rowOf[series]! - 1;
    this.apply(row, totals, histogram, -1);
    const latency = row * LATENCIES;
    return this.latencies[latency + MIN]! <= totals.min || this.latencies[latency + MAX]! >= totals.max;
  }

  /** Adds the sum and the extremes alone. */
  includeLatencies(series: number, totals: Totals): void {
    if (!this.has(series)) return;
    const row = this.rowOf[series]! - 1;
    totals.sum += this.latencies[row * LATENCIES + SUM]!;
    this.widen(row, totals);
  }

  private widen(row: number, totals: Totals): void {
    const latency = row * LATENCIES;
    if (this.latencies[latency + MIN]! < totals.min) totals.min = this.latencies[latency + MIN]!;
    if (this.latencies[latency + MAX]! > totals.max) totals.max = this.latencies[latency + MAX]!;
  }

  private apply(row: number, totals: Totals, histogram: Histogram | undefined, sign: 1 | -1): void {
    const { wholes } = this;
    const whole = row * WHOLES;
    totals.requests += sign * wholes[whole + REQUESTS]!;
    totals.errors += sign * wholes[whole + ERRORS]!;
    totals.checks += sign * wholes[whole + CHECKS]!;
    totals.failedChecks += sign * wholes[whole + FAILED_CHECKS]!;
    totals.sum += sign * this.latencies[row * LATENCIES + SUM]!;
    if (histogram === undefined || this.histograms === undefined) return;
    const start = wholes[whole + OFFSET]!;
    const end = wholes[whole + WHOLES + OFFSET]!;
    if (end > start) histogram.addEncoded(this.histograms, start, end - start, sign);
  }
}
