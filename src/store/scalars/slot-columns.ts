import type { ByteCount } from "../byte-count.ts";

const FIRST_CAPACITY = 16;

/** How far back columns reach at most, in slots. Shared, and changed as the number of series changes. */
export interface SlotLimit {
  slots: number;
}

/** What a slot of `width` values takes, bytes. */
export const slotBytes = (width: number) => 8 * width + 4;

/** A few values for each slot in which something was recorded, oldest to newest. The oldest are dropped. */
export class SlotColumns {
  /** `width` of them for each slot, see `at`. Another array after an `append`. */
  values = new Float64Array(0);
  /** How many slots there are. */
  count = 0;
  private readonly width: number;
  private readonly limit: SlotLimit;
  private readonly byteCount: ByteCount;
  /** Of each slot, its number after `base`: those of short slots since the epoch need more than 32 bits. */
  private slots = new Uint32Array(0);
  private base = 0;
  private start = 0;

  constructor(width: number, limit: SlotLimit, byteCount: ByteCount) {
    this.width = width;
    this.limit = limit;
    this.byteCount = byteCount;
  }

  /** The number of the nth slot, from 0 for the oldest. */
  slot(nth: number): number {
    return this.base + this.slots[this.place(nth)]!;
  }

  /** Where the values of the nth slot begin. */
  at(nth: number): number {
    return this.place(nth) * this.width;
  }

  /** The first that is not before `slot`; `count` when there is none. */
  firstFrom(slot: number): number {
    let low = 0;
    let high = this.count;
    // Usually something was recorded in every slot: then its place follows from its number.
    const guess = high > 0 ? high - 1 - (this.slot(high - 1) - slot) : 0;
    if (guess > 0 && guess < high && this.slot(guess) === slot && this.slot(guess - 1) < slot) return guess;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.slot(middle) >= slot) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Makes room for a slot later than all before. @returns where its values go */
  append(slot: number): number {
    const most = Math.max(1, this.limit.slots);
    if (this.slots.length > 2 * most) this.resize(most);
    while (this.count >= most) {
      this.start = this.place(1);
      this.count -= 1;
    }
    if (this.count === this.slots.length) {
      this.resize(Math.min(most, Math.max(FIRST_CAPACITY, this.count * 2)));
    }
    if (this.count === 0) this.base = slot;
    this.slots[this.place(this.count)] = slot - this.base;
    this.count += 1;
    return this.at(this.count - 1);
  }

  /** Gives its memory back. */
  clear(): void {
    this.count = 0;
    this.resize(0);
  }

  private place(nth: number): number {
    const place = this.start + nth;
    return place < this.slots.length ? place : place - this.slots.length;
  }

  /** Moves the newest slots into arrays of another length. */
  private resize(capacity: number): void {
    const slots = new Uint32Array(capacity);
    const values = new Float64Array(capacity * this.width);
    const kept = Math.min(this.count, capacity);
    for (let nth = 0; nth < kept; nth++) {
      const from = this.count - kept + nth;
      slots[nth] = this.slot(from) - this.base;
      const at = this.at(from);
      for (let value = 0; value < this.width; value++)
        values[nth * this.width + value] = this.values[at + value]!;
    }
    this.byteCount.bytes +=
      slots.byteLength + values.byteLength - this.slots.byteLength - this.values.byteLength;
    this.slots = slots;
    this.values = values;
    this.start = 0;
    this.count = kept;
  }
}
