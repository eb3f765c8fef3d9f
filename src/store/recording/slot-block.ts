import type { ByteCount } from "../byte-count.ts";
import { SUB_BUCKETS } from "../histogram/histogram-layout.ts";
import type { SlabViews } from "../slab.ts";
import type { OpenSlab } from "./open-slab.ts";

/** Places among the numbers of a block. The time of the newest value is here because the line is at hand. */
export const COUNT = 0;
export const SUM = 1;
export const MIN = 2;
export const MAX = 3;
export const LAST_AT = 4;

const NEVER = Number.NEGATIVE_INFINITY;
/** The place of a slot without memory. */
const DETACHED = -1;

/**
 * The memory of one series in the slab of open slots. Its counts are single bytes, so that thousands of series fit
 * into the processor's cache; what does not fit into a byte is carried to a wider array, which only busy series
 * have. It holds only the octaves that ever had something, in one run.
 *
 * A block is detached until `attach`, and again after `detach`. It then has no buckets, so that the hot path
 * needs no extra test: every value takes the path for a bucket that is missing, which ends in `reopen`.
 */
export abstract class SlotBlock {
  protected readonly slab: OpenSlab;
  protected start = DETACHED;
  /** The first bucket that has a byte, and how many have one. */
  protected base = 0;
  protected length = 0;
  /** Of either half of the slab, see OpenSlab.half. */
  private readonly halves: [Uint32Array | undefined, Uint32Array | undefined] = [undefined, undefined];
  private readonly byteCount: ByteCount;

  constructor(slab: OpenSlab, byteCount: ByteCount) {
    this.slab = slab;
    this.byteCount = byteCount;
  }

  /** A value came while the block is detached. @returns whether it is attached now */
  protected abstract reopen(): boolean;

  get attached(): boolean {
    return this.start !== DETACHED;
  }

  /** When the newest value came, ms since the epoch; -Infinity: never. */
  get lastAt(): number {
    if (this.start === DETACHED) return NEVER;
    const place = (this.start >> 3) + LAST_AT;
    return Math.max(this.slab.numbers[place]!, this.slab.closing.numbers[place]!);
  }

  /** Takes memory in the slab. */
  attach(): void {
    this.start = this.slab.take(0);
    this.clearNumbers(NEVER);
  }

  /** Takes a block of the same length anew, with what it holds; see Slab.rebuild. Nothing may be closing. */
  takeAgain(before: SlabViews, lastAt: number): void {
    const from = this.start;
    const size = this.slab.countsOf(from) + this.length - from;
    this.start = this.slab.take(this.length / SUB_BUCKETS);
    this.clearNumbers(lastAt);
    this.slab.bytes.set(before.bytes.subarray(from, from + size), this.start);
  }

  /** Gives its memory back. */
  detach(): void {
    this.slab.give(this.start, this.length / SUB_BUCKETS);
    this.start = DETACHED;
    this.base = 0;
    this.length = 0;
    for (const half of [0, 1] as const) {
      this.byteCount.bytes -= this.halves[half]?.byteLength ?? 0;
      this.halves[half] = undefined;
    }
  }

  /** What was carried in the open slot, and in the one that is closing; undefined: nothing ever was. */
  protected get carries(): Uint32Array | undefined {
    return this.halves[this.slab.half];
  }

  protected get closingCarries(): Uint32Array | undefined {
    return this.halves[1 - this.slab.half];
  }

  protected needCarries(): Uint32Array {
    const { half } = this.slab;
    const known = this.halves[half];
    if (known !== undefined) return known;
    const carries = new Uint32Array(this.length);
    this.byteCount.bytes += carries.byteLength;
    this.halves[half] = carries;
    return carries;
  }

  /** Moves to a longer block, which has the octave of this bucket too. @returns false when it is detached */
  protected reach(index: number): boolean {
    if (this.start === DETACHED && !this.reopen()) return false;
    const { slab, length } = this;
    const octave = (index >> 6) * SUB_BUCKETS;
    const empty = length === 0;
    const base = empty ? octave : Math.min(this.base, octave);
    const end = empty ? octave + SUB_BUCKETS : Math.max(this.base + length, octave + SUB_BUCKETS);
    const moved = empty ? 0 : this.base - base;
    const start = slab.take((end - base) / SUB_BUCKETS);
    const counts = slab.countsOf(this.start);
    for (const bytes of [slab.bytes, slab.closing.bytes]) {
      bytes.copyWithin(start, this.start, counts);
      bytes.copyWithin(slab.countsOf(start) + moved, counts, counts + length);
    }
    slab.give(this.start, length / SUB_BUCKETS);
    for (const half of [0, 1] as const) {
      const before = this.halves[half];
      if (before === undefined) continue;
      const carries = new Uint32Array(end - base);
      carries.set(before, moved);
      this.byteCount.bytes += carries.byteLength - before.byteLength;
      this.halves[half] = carries;
    }
    this.start = start;
    this.base = base;
    this.length = end - base;
    return true;
  }

  /** Begins the totals of one half of the block anew. */
  protected clearTotals(numbers: Float64Array): void {
    const row = this.start >> 3;
    numbers[row + COUNT] = 0;
    numbers[row + SUM] = 0;
    numbers[row + MIN] = Number.POSITIVE_INFINITY;
    numbers[row + MAX] = Number.NEGATIVE_INFINITY;
  }

  private clearNumbers(lastAt: number): void {
    for (const { numbers } of [this.slab, this.slab.closing]) {
      numbers[(this.start >> 3) + LAST_AT] = lastAt;
      this.clearTotals(numbers);
    }
  }
}
