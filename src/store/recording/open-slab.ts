import type { ByteCount } from "../byte-count.ts";
import { SUB_BUCKETS } from "../histogram/histogram-layout.ts";

/** Each block begins with this many numbers (8 bytes each): together one line of the processor's cache. */
export const NUMBERS = 8;
const HEAD_BYTES = NUMBERS * 8;
const FIRST_BYTES = 1024;
/** One block in so many may lie out of its owners' order before all are put in order again. */
const ORDERED_SHARE = 20;

/**
 * The memory of all open slots in one piece: with thousands of series access to memory is what costs, and an
 * array of its own for each series would add two accesses to every value. A block is a few numbers, then one
 * byte for each bucket of some octaves.
 */
export class OpenSlab {
  bytes = new Uint8Array(0);
  /** The same memory, four bytes and eight bytes at a time. */
  words = new Uint32Array(0);
  numbers = new Float64Array(0);
  private used = 0;
  private blocks = 0;
  /** Blocks that were taken since they were all in order. */
  private strays = 0;
  /** Blocks given back, by their number of octaves. */
  private readonly free: number[][] = [];
  private readonly byteCount: ByteCount;

  constructor(byteCount: ByteCount) {
    this.byteCount = byteCount;
  }

  /** A block full of zeros; gives the place of its first byte. Earlier views may be out of date after this. */
  take(octaves: number): number {
    this.blocks += 1;
    this.strays += 1;
    const known = this.free[octaves]?.pop();
    if (known !== undefined) return known;
    const start = this.used;
    this.used += HEAD_BYTES + octaves * SUB_BUCKETS;
    if (this.used > this.bytes.length) this.grow();
    return start;
  }

  give(start: number, octaves: number): void {
    this.blocks -= 1;
    this.bytes.fill(0, start, start + HEAD_BYTES + octaves * SUB_BUCKETS);
    this.free[octaves] ??= [];
    this.free[octaves].push(start);
  }

  /**
   * Whether many blocks are out of their owners' order, because they moved as they grew. Memory that is read in
   * its own order is prefetched.
   */
  get disordered(): boolean {
    return this.strays * ORDERED_SHARE > this.blocks;
  }

  /** Takes all blocks back. While all of them are empty, their owners take theirs again, in their order. */
  reorder(owners: Iterable<{ takeAgain(): void }>): void {
    this.bytes.fill(0, 0, this.used);
    this.used = 0;
    this.blocks = 0;
    this.free.length = 0;
    for (const owner of owners) owner.takeAgain();
    this.strays = 0;
  }

  /** The place of the block's first number in `numbers`. */
  numbersOf(start: number): number {
    return start / 8;
  }

  /** The place of the block's first bucket in `bytes`. */
  countsOf(start: number): number {
    return start + HEAD_BYTES;
  }

  private grow(): void {
    const capacity = Math.max(FIRST_BYTES, Math.ceil((this.used * 1.5) / SUB_BUCKETS) * SUB_BUCKETS);
    const bytes = new Uint8Array(capacity);
    bytes.set(this.bytes);
    this.byteCount.bytes += capacity - this.bytes.length;
    this.bytes = bytes;
    this.words = new Uint32Array(bytes.buffer);
    this.numbers = new Float64Array(bytes.buffer);
  }
}
