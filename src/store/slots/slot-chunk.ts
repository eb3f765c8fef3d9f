import type { BucketSum } from "../histogram/bucket-sum.ts";
import type { Histogram } from "../histogram/histogram.ts";
import type { Totals } from "../histogram/totals.ts";

/** Columns of a row: whole numbers (the second says where its histogram begins), and values. */
export const COUNT = 0;
export const OFFSET = 1;
export const WHOLES = 2;
export const SUM = 0;
export const MIN = 1;
export const MAX = 2;
export const VALUES = 3;
/** What a row takes, with its place in the list of rows, bytes. */
export const ROW_BYTES = WHOLES * 4 + VALUES * 8 + 4;

/**
 * One closed slot of all series together. A tick reads all of them in the order of their places, so what is added
 * and what is subtracted is read from the first byte to the last: memory is fast at that, and slow at visiting
 * thousands of series that each keep a past of their own. A series in which nothing happened has no row.
 */
export class SlotChunk {
  readonly slot: number;
  /** What its rows take, bytes. */
  readonly rowBytes: number;
  private readonly values: Float64Array;
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
    values: Float64Array,
    wholes: Uint32Array,
    rowOf: Uint32Array,
    histograms: Uint8Array,
  ) {
    this.slot = slot;
    this.rowBytes = values.byteLength + wholes.byteLength + rowOf.byteLength;
    // One piece of memory: with few series a slot would be mostly the objects around its arrays.
    const memory = new ArrayBuffer(this.rowBytes);
    this.values = new Float64Array(memory, 0, values.length);
    this.values.set(values);
    this.wholes = new Uint32Array(memory, values.byteLength, wholes.length);
    this.wholes.set(wholes);
    this.rowOf = new Uint32Array(memory, values.byteLength + wholes.byteLength, rowOf.length);
    this.rowOf.set(rowOf);
    this.histograms = histograms.slice();
  }

  get histogramBytes(): number {
    return this.histograms?.length ?? 0;
  }

  /** Drops the distributions; counts, sums and extremes stay. */
  dropHistograms(): void {
    this.histograms = undefined;
  }

  has(place: number): boolean {
    return place < this.rowOf.length && this.rowOf[place] !== 0;
  }

  /** Adds what the series at a place recorded: its totals, and its histogram where one is given. */
  include(place: number, totals: Totals, histogram: Histogram | undefined): void {
    if (!this.has(place)) return;
    const row = this.rowOf[place]! - 1;
    this.apply(row, totals, histogram, 1);
    this.widen(row, totals);
  }

  /** Adds its totals, and its counts to those of all buckets. */
  sum(place: number, totals: Totals, sum: BucketSum): void {
    if (!this.has(place)) return;
    const row = this.rowOf[place]! - 1;
    this.apply(row, totals, undefined, 1);
    this.widen(row, totals);
    if (this.histograms === undefined) return;
    const whole = row * WHOLES;
    sum.addEncoded(this.histograms, this.wholes[whole + OFFSET]!, this.wholes[whole + WHOLES + OFFSET]!);
  }

  /** Subtracts it again, all but the extremes. @returns whether these, or the sum, must be computed anew. */
  exclude(place: number, totals: Totals, histogram: Histogram | undefined): boolean {
    if (!this.has(place)) return false;
    const row = this.rowOf[place]! - 1;
    this.apply(row, totals, histogram, -1);
    const value = row * VALUES;
    return this.values[value + MIN]! <= totals.min || this.values[value + MAX]! >= totals.max;
  }

  /** Adds the sum and the extremes alone. */
  includeValues(place: number, totals: Totals): void {
    if (!this.has(place)) return;
    const row = this.rowOf[place]! - 1;
    totals.sum += this.values[row * VALUES + SUM]!;
    this.widen(row, totals);
  }

  private widen(row: number, totals: Totals): void {
    const value = row * VALUES;
    if (this.values[value + MIN]! < totals.min) totals.min = this.values[value + MIN]!;
    if (this.values[value + MAX]! > totals.max) totals.max = this.values[value + MAX]!;
  }

  private apply(row: number, totals: Totals, histogram: Histogram | undefined, sign: 1 | -1): void {
    const { wholes } = this;
    const whole = row * WHOLES;
    totals.count += sign * wholes[whole + COUNT]!;
    totals.sum += sign * this.values[row * VALUES + SUM]!;
    if (histogram === undefined || this.histograms === undefined) return;
    const start = wholes[whole + OFFSET]!;
    const end = wholes[whole + WHOLES + OFFSET]!;
    if (end > start) histogram.addEncoded(this.histograms, start, end - start, sign);
  }
}
