import type { ByteCount } from "./byte-count.ts";

/** Each block begins with this many numbers (8 bytes each): together one line of the processor's cache. */
const NUMBERS = 8;
const HEAD_BYTES = NUMBERS * 8;
const FIRST_BYTES = 1024;
/** One block in so many may lie out of its owners' order before all are put in order again. */
const ORDERED_SHARE = 20;
/** A slab that is larger than this gives memory back once blocks use less than this share of it. */
const LEAST_TO_SHRINK = 2 ** 16;
const SPARSE_SHARE = 4;

/** Views of the same memory: one, four and eight bytes at a time. */
export interface SlabViews {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  readonly numbers: Float64Array;
}

/**
 * Memory of many series in one piece: with thousands of series access to memory is what costs, and an array of
 * its own for each series would add two accesses to every value. A block is a few numbers, then what a histogram
 * needs for each of some octaves.
 */
export class Slab implements SlabViews {
  bytes: Uint8Array = new Uint8Array(0);
  words: Uint32Array = new Uint32Array(0);
  numbers: Float64Array = new Float64Array(0);
  private readonly octaveBytes: number;
  protected used = 0;
  /** Bytes of blocks that are taken. */
  private live = 0;
  private blocks = 0;
  /** Blocks that were taken since they were all in order. */
  private strays = 0;
  /** Blocks given back, by their number of octaves. */
  private free: number[][] = [];
  protected readonly byteCount: ByteCount;

  /** @param octaveBytes of each octave in a block; a multiple of 8 */
  constructor(byteCount: ByteCount, octaveBytes: number) {
    this.byteCount = byteCount;
    this.octaveBytes = octaveBytes;
  }

  /** A block full of zeros; gives the place of its first byte. Earlier views may be out of date after this. */
  take(octaves: number): number {
    const size = this.sizeOf(octaves);
    this.blocks += 1;
    this.strays += 1;
    this.live += size;
    const known = this.free[octaves]?.pop();
    if (known !== undefined) return known;
    const start = this.used;
    this.used += size;
    if (this.used > this.bytes.length) this.grow();
    return start;
  }

  give(start: number, octaves: number): void {
    const size = this.sizeOf(octaves);
    this.blocks -= 1;
    this.live -= size;
    this.bytes.fill(0, start, start + size);
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

  /** Whether most of the memory is unused, because many blocks were given back. */
  get sparse(): boolean {
    return this.bytes.length > LEAST_TO_SHRINK && this.live * SPARSE_SHARE < this.bytes.length;
  }

  /**
   * Moves all blocks to new memory, in the order in which `move` takes them anew.
   * @param move gets the memory so far, from which it copies
   */
  rebuild(move: (before: SlabViews) => void): void {
    const { bytes, words, numbers } = this;
    const needed = this.live;
    this.used = 0;
    this.live = 0;
    this.blocks = 0;
    this.free = [];
    this.allocate(needed);
    move({ bytes, words, numbers });
    this.strays = 0;
  }

  /** The place of the first byte behind the block's numbers. */
  countsOf(start: number): number {
    return start + HEAD_BYTES;
  }

  protected sizeOf(octaves: number): number {
    return HEAD_BYTES + octaves * this.octaveBytes;
  }

  protected grow(): void {
    const { bytes } = this;
    this.allocate(this.used);
    this.bytes.set(bytes);
  }

  protected allocate(needed: number): void {
    const capacity = Math.max(FIRST_BYTES, Math.ceil((needed * 1.5) / HEAD_BYTES) * HEAD_BYTES);
    this.byteCount.bytes += capacity - this.bytes.length;
    this.bytes = new Uint8Array(capacity);
    this.words = new Uint32Array(this.bytes.buffer);
    this.numbers = new Float64Array(this.bytes.buffer);
  }
}
