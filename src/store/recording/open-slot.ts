import { bucketIndex, SUB_BUCKETS } from "../histogram/histogram-layout.ts";
import { ESCAPE, encodeBucket } from "../histogram/slot-codec.ts";
import type { SparseCounts } from "../histogram/sparse-counts.ts";
import type { SpreadCounts } from "../histogram/spread-counts.ts";
import { type Totals, toSumUnits } from "../histogram/totals.ts";
import { occupiedBytes, WORDS_AT_ONCE } from "./occupied-bytes.ts";
import { COUNT, LAST_AT, MAX, MIN, SlotBlock, SUM } from "./slot-block.ts";

/** More values than this do not fit into one slot: counts of closed slots have 31 bits. */
export const MOST_COUNT = 2 ** 31 - 1;

/** A full byte carries this much; it then starts again at 1, so that an occupied bucket is never 0. */
const CARRY = 255;

/** What one series recorded into the open slot, and into the one before while that is being closed. */
export abstract class OpenSlot extends SlotBlock {
  /** How many values it holds. */
  get recorded(): number {
    return this.slab.numbers[(this.start >> 3) + COUNT]!;
  }

  /**
   * @param at ms since the epoch
   * @param value finite and >= 0
   * @returns false when it is detached and could not be opened again
   */
  protected add(at: number, value: number): boolean {
    const index = bucketIndex(value);
    if ((index - this.base) >>> 0 >= this.length && !this.reach(index)) return false;
    const { bytes, numbers } = this.slab;
    const bucket = this.slab.countsOf(this.start) + index - this.base;
    const before = bytes[bucket]!;
    if (before === CARRY) this.carry(bucket);
    else bytes[bucket] = before + 1;

    const row = this.start >> 3;
    numbers[row + COUNT]! += 1;
    numbers[row + SUM]! += value;
    if (value > numbers[row + MAX]!) numbers[row + MAX] = value;
    if (at > numbers[row + LAST_AT]!) numbers[row + LAST_AT] = at;
    if (value < numbers[row + MIN]!) {
      numbers[row + MIN] = value;
      // The first value is always the smallest so far: so the hot path needs no test of its own for it.
      if (numbers[row + COUNT] === 1) this.slab.onFirst();
    }
    return true;
  }

  /** Adds the counts that were spread over its buckets. @returns as `add` */
  protected addSpread(at: number, { sparse, count, sum, min, max }: SpreadCounts): boolean {
    if (!this.attached && !this.reopen()) return false;
    for (let nth = 0; nth < sparse.size; nth++) this.addMany(sparse.indexes[nth]!, sparse.counts[nth]!);
    const { numbers } = this.slab;
    const row = this.start >> 3;
    numbers[row + COUNT]! += count;
    numbers[row + SUM]! += sum;
    if (min < numbers[row + MIN]!) numbers[row + MIN] = min;
    if (max > numbers[row + MAX]!) numbers[row + MAX] = max;
    if (at > numbers[row + LAST_AT]!) numbers[row + LAST_AT] = at;
    if (numbers[row + COUNT] === count) this.slab.onFirst();
    return true;
  }

  addTotals(target: Totals): void {
    this.addNumbers(this.slab.numbers, target);
  }

  /** How many values the slot that is closing holds. */
  get closingRecorded(): number {
    return this.slab.closing.numbers[(this.start >> 3) + COUNT]!;
  }

  addClosingTotals(target: Totals): void {
    this.addNumbers(this.slab.closing.numbers, target);
  }

  private addNumbers(numbers: Float64Array, target: Totals): void {
    const row = this.start >> 3;
    target.count += numbers[row + COUNT]!;
    target.sum += toSumUnits(numbers[row + SUM]!);
    if (numbers[row + MIN]! < target.min) target.min = numbers[row + MIN]!;
    if (numbers[row + MAX]! > target.max) target.max = numbers[row + MAX]!;
  }

  /** Lists the non-empty buckets. */
  gather(into: SparseCounts): void {
    const { bytes, words, numbers } = this.slab;
    const { carries, base } = this;
    const { indexes, counts } = into;
    const first = this.slab.countsOf(this.start);
    const end = this.occupiedEnd(numbers);
    let size = 0;
    for (let part = this.occupiedFrom(numbers); part < end; part += WORDS_AT_ONCE * 4) {
      let occupied = occupiedBytes(words, (first + part) >> 2);
      while (occupied !== 0) {
        // The lowest bit that is set: from one occupied bucket to the next without a test of those between.
        const at = part + 31 - Math.clz32(occupied & -occupied);
        occupied &= occupied - 1;
        indexes[size] = base + at;
        const carried = carries === undefined ? 0 : Math.imul(CARRY, carries[at]!);
        counts[size++] = (bytes[first + at]! + carried) | 0;
      }
    }
    into.size = size;
  }

  /**
   * Writes the counts of the slot that is closing as `encodeCounts` does, adds them to `sum`, and empties it: all in
   * one loop, because a second of thousands of series is as much as a tick can afford to visit once.
   * @param sum counts of all buckets
   * @returns where the next byte goes
   */
  drain(into: Uint8Array, start: number, sum: Uint32Array): number {
    const { bytes, words, numbers } = this.slab.closing;
    const { closingCarries: carries, base } = this;
    const first = this.slab.countsOf(this.start);
    const end = this.occupiedEnd(numbers);
    let to = start;
    let next = 0;
    for (let part = this.occupiedFrom(numbers); part < end; part += WORDS_AT_ONCE * 4) {
      const word = (first + part) >> 2;
      let occupied = occupiedBytes(words, word);
      if (occupied === 0) continue;
      do {
        const at = part + 31 - Math.clz32(occupied & -occupied);
        occupied &= occupied - 1;
        const index = base + at;
        let count = bytes[first + at]!;
        if (carries !== undefined) count = (count + Math.imul(CARRY, carries[at]!)) | 0;
        sum[index] = (sum[index]! + count) | 0;
        const distance = index - next;
        next = index + 1;
        // Both are small where this is below 15, and mostly it is.
        if ((distance | (count - 1)) < ESCAPE) into[to++] = (distance << 4) | (count - 1);
        else to = encodeBucket(into, to, distance, count - 1);
      } while (occupied !== 0);
      for (let nth = word; nth < word + WORDS_AT_ONCE; nth++) words[nth] = 0;
    }
    carries?.fill(0);
    this.clearTotals(numbers);
    return to;
  }

  /**
   * Where the octave of the smallest value begins, as a distance from `base`, and where that of the largest ends.
   * A series keeps every octave it ever had, so in a slot about half of them are empty.
   */
  private occupiedFrom(numbers: Float64Array): number {
    const row = this.start >> 3;
    if (numbers[row + COUNT] === 0) return 0;
    // Of counts from elsewhere the smallest value is a bound, which may lie below all buckets.
    const from = (bucketIndex(numbers[row + MIN]!) & ~(SUB_BUCKETS - 1)) - this.base;
    return from > 0 ? from : 0;
  }

  private occupiedEnd(numbers: Float64Array): number {
    const row = this.start >> 3;
    if (numbers[row + COUNT] === 0) return 0;
    const end = (bucketIndex(numbers[row + MAX]!) | (SUB_BUCKETS - 1)) + 1 - this.base;
    return end < this.length ? end : this.length;
  }

  private addMany(index: number, count: number): void {
    if ((index - this.base) >>> 0 >= this.length) this.reach(index);
    const nth = index - this.base;
    const bucket = this.slab.countsOf(this.start) + nth;
    const total = (this.carries?.[nth] ?? 0) * CARRY + this.slab.bytes[bucket]! + count;
    // An occupied bucket's byte is never 0, so a multiple of CARRY leaves a full byte.
    const carried = Math.ceil(total / CARRY) - 1;
    if (carried > 0) this.needCarries()[nth] = carried;
    this.slab.bytes[bucket] = total - carried * CARRY;
  }

  private carry(bucket: number): void {
    this.needCarries()[bucket - this.slab.countsOf(this.start)]! += 1;
    this.slab.bytes[bucket] = 1;
  }
}
