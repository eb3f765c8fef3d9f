import type { ByteCount } from "../byte-count.ts";
import { ENTRY_BYTES } from "./tiers.ts";

/** More samples are counted as so many. */
export const MOST_SAMPLES = 0xffff;

/** A few consecutive slots of one length: a row of entries for each, with an entry for each place. */
export class WorstChunk {
  readonly width: number;
  readonly capacity: number;
  /** Rows in use; the last one may be open. */
  rows = 0;
  /** The number of each row's slot. */
  readonly slots: Float64Array;
  /** Row by row; NaN where nothing was recorded. Higher is worse: a measure that is worse when low is negated. */
  readonly values: Float64Array;
  readonly samples: Uint16Array;
  /** The instants of the values: ms before the ends of their slots. */
  readonly before: Uint16Array;

  constructor(width: number, capacity: number) {
    this.width = width;
    this.capacity = capacity;
    this.slots = new Float64Array(capacity);
    const entries = width * capacity;
    const memory = new ArrayBuffer(entries * ENTRY_BYTES);
    this.values = new Float64Array(memory, 0, entries);
    this.samples = new Uint16Array(memory, entries * 8, entries);
    this.before = new Uint16Array(memory, entries * 10, entries);
  }

  /** Begins a row without values. @returns where its entries begin */
  begin(slot: number): number {
    const start = this.rows * this.width;
    this.slots[this.rows] = slot;
    this.rows += 1;
    this.values.fill(Number.NaN, start, start + this.width);
    return start;
  }

  count(byteCount: ByteCount, sign: 1 | -1): void {
    byteCount.bytes += sign * (this.values.buffer.byteLength + this.slots.byteLength);
  }
}
