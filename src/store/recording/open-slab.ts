import type { ByteCount } from "../byte-count.ts";
import { SUB_BUCKETS } from "../histogram/histogram-layout.ts";
import { Slab, type SlabViews } from "../slab.ts";

/**
 * Memory of all open slots, twice: while one half is recorded into, the other holds the slot before, until that
 * is closed. So a second of thousands of series need not be closed at once. A block has the same place in both.
 */
export class OpenSlab extends Slab {
  /** The half of the slot that is being closed; full of zeros, apart from the blocks' numbers, once that is done. */
  closing: SlabViews = { bytes: this.bytes, words: this.words, numbers: this.numbers };
  /** Which half is recorded into, for what series keep apart from the slab: 0 or 1. */
  half: 0 | 1 = 0;
  /** Called when the first value of a slot came for a series: some of the slot before may be closed now. */
  onFirst: () => void = () => {};

  constructor(byteCount: ByteCount) {
    super(byteCount, SUB_BUCKETS);
  }

  /** The open slot ends: what was recorded is to be closed, and the other half, which is empty, is recorded into. */
  swap(): void {
    const { bytes, words, numbers, closing } = this;
    this.bytes = closing.bytes;
    this.words = closing.words;
    this.numbers = closing.numbers;
    this.closing = { bytes, words, numbers };
    this.half = this.half === 0 ? 1 : 0;
  }

  override give(start: number, octaves: number): void {
    this.closing.bytes.fill(0, start, start + this.sizeOf(octaves));
    super.give(start, octaves);
  }

  protected override grow(): void {
    const { closing } = this;
    super.grow();
    this.closing.bytes.set(closing.bytes);
  }

  protected override allocate(needed: number): void {
    super.allocate(needed);
    const bytes = new Uint8Array(this.bytes.length);
    this.byteCount.bytes += bytes.length - this.closing.bytes.length;
    this.closing = {
      bytes,
      words: new Uint32Array(bytes.buffer),
      numbers: new Float64Array(bytes.buffer),
    };
  }
}
