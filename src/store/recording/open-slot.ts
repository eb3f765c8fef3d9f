import { bucketIndex, SUB_BUCKETS } from "../histogram/histogram-layout.ts";
import type { Counts } from "../histogram/quantiles.ts";
import type { SparseCounts } from "../histogram/sparse-counts.ts";
import { type Totals, toSumUnits } from "../histogram/totals.ts";
import type { Ledger } from "../ledger.ts";
import { OpenSlab } from "./open-slab.ts";

/** Places among the numbers of a block. */
const REQUESTS = 0;
const ERRORS = 1;
const SUM_MS = 2;
const MIN_MS = 3;
const MAX_MS = 4;

/** A full byte carries this much; it then starts again at 1, so that an occupied bucket is never 0. */
const CARRY = 255;
/** Eight words have as many bytes as a number has bits: one bit tells of each byte whether it is occupied. */
const WORDS_AT_ONCE = 8;

/**
 * What one service recorded into the open slot. Its latency counts are single bytes, so that thousands of
 * services fit into the processor's cache; what does not fit into a byte is carried to a wider array, which
 * only busy services have. It holds only the octaves that ever had something, in one run.
 */
export class OpenSlot implements Counts {
  protected checks = 0;
  protected failedChecks = 0;
  private slab: OpenSlab;
  private start: number;
  /** The first bucket that has a byte, and how many have one. */
  private base = 0;
  private length = 0;
  private carries: Uint32Array | undefined;
  readonly ledger: Ledger;

  constructor(slab: OpenSlab, ledger: Ledger) {
    this.slab = slab;
    this.ledger = ledger;
    this.start = slab.take(0);
    this.clearTotals();
  }

  /** How many requests and checks it holds. */
  get recorded(): number {
    return this.checks + this.slab.numbers[(this.start >> 3) + REQUESTS]!;
  }

  /** Takes a block of the same length anew, while it is empty; see OpenSlab.reorder. */
  takeAgain(): void {
    this.start = this.slab.take(this.length / SUB_BUCKETS);
    this.clearTotals();
  }

  /** Gives its memory back; what it is still told goes nowhere. */
  detach(): void {
    this.slab.give(this.start, this.length / SUB_BUCKETS);
    this.slab = new OpenSlab({ bytes: 0 });
    this.start = this.slab.take(0);
    this.base = 0;
    this.length = 0;
    this.carries = undefined;
    this.clearTotals();
  }

  /** @param latencyMs finite and >= 0 */
  protected addRequest(latencyMs: number, ok: boolean): void {
    const index = bucketIndex(latencyMs);
    if ((index - this.base) >>> 0 >= this.length) this.reach(index);
    const { bytes, numbers } = this.slab;
    const bucket = this.slab.countsOf(this.start) + index - this.base;
    const before = bytes[bucket]!;
    if (before === CARRY) this.carry(bucket);
    else bytes[bucket] = before + 1;

    const row = this.start >> 3;
    numbers[row + REQUESTS]! += 1;
    numbers[row + SUM_MS]! += latencyMs;
    if (latencyMs < numbers[row + MIN_MS]!) numbers[row + MIN_MS] = latencyMs;
    if (latencyMs > numbers[row + MAX_MS]!) numbers[row + MAX_MS] = latencyMs;
    if (!ok) numbers[row + ERRORS]! += 1;
  }

  addOctave(octave: number, target: Uint32Array): void {
    const from = octave * SUB_BUCKETS - this.base;
    if (from < 0 || from >= this.length) return;
    const { bytes } = this.slab;
    const first = this.slab.countsOf(this.start) + from;
    for (let nth = 0; nth < SUB_BUCKETS; nth++) target[nth] = (target[nth]! + bytes[first + nth]!) | 0;
    if (this.carries === undefined) return;
    for (let nth = 0; nth < SUB_BUCKETS; nth++) target[nth]! += CARRY * this.carries[from + nth]!;
  }

  addOctaves(target: Float64Array): void {
    const { words } = this.slab;
    const first = this.slab.countsOf(this.start) >> 2;
    for (let octave = 0; octave < this.length; octave += SUB_BUCKETS) {
      // Four bytes are added at a time, in two pairs of 16 bits: 16 words cannot overflow them.
      let pairs = 0;
      const word = first + (octave >> 2);
      for (let at = word; at < word + SUB_BUCKETS / 4; at++) {
        const four = words[at]!;
        pairs += (four & 0xff00ff) + ((four >>> 8) & 0xff00ff);
      }
      let sum = (pairs & 0xffff) + (pairs >>> 16);
      if (this.carries !== undefined) {
        for (let at = octave; at < octave + SUB_BUCKETS; at++) sum += CARRY * this.carries[at]!;
      }
      target[(this.base + octave) >> 6]! += sum;
    }
  }

  addTotals(target: Totals): void {
    const { numbers } = this.slab;
    const row = this.start >> 3;
    target.requests += numbers[row + REQUESTS]!;
    target.errors += numbers[row + ERRORS]!;
    target.checks += this.checks;
    target.failedChecks += this.failedChecks;
    target.sum += toSumUnits(numbers[row + SUM_MS]!);
    if (numbers[row + MIN_MS]! < target.min) target.min = numbers[row + MIN_MS]!;
    if (numbers[row + MAX_MS]! > target.max) target.max = numbers[row + MAX_MS]!;
  }

  /** Lists the non-empty buckets. */
  gather(into: SparseCounts): void {
    const { bytes, words } = this.slab;
    const { carries, base, length } = this;
    const { indexes, counts } = into;
    const first = this.slab.countsOf(this.start);
    let size = 0;
    for (let part = 0; part < length; part += WORDS_AT_ONCE * 4) {
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

  /** Stands empty again, for the next slot. */
  clear(): void {
    const first = this.slab.countsOf(this.start) >> 2;
    const { words } = this.slab;
    for (let word = first; word < first + this.length / 4; word++) words[word] = 0;
    this.carries?.fill(0);
    this.clearTotals();
  }

  private clearTotals(): void {
    const { numbers } = this.slab;
    const row = this.start >> 3;
    numbers[row + REQUESTS] = 0;
    numbers[row + ERRORS] = 0;
    numbers[row + SUM_MS] = 0;
    numbers[row + MIN_MS] = Number.POSITIVE_INFINITY;
    numbers[row + MAX_MS] = Number.NEGATIVE_INFINITY;
    this.checks = 0;
    this.failedChecks = 0;
  }

  private carry(bucket: number): void {
    if (this.carries === undefined) {
      this.carries = new Uint32Array(this.length);
      this.ledger.bytes += this.carries.byteLength;
    }
    this.carries[bucket - this.slab.countsOf(this.start)]! += 1;
    this.slab.bytes[bucket] = 1;
  }

  /** Moves to a longer block, which has the octave of this bucket too. */
  private reach(index: number): void {
    const { slab } = this;
    const octave = (index >> 6) * SUB_BUCKETS;
    const empty = this.length === 0;
    const base = empty ? octave : Math.min(this.base, octave);
    const end = empty ? octave + SUB_BUCKETS : Math.max(this.base + this.length, octave + SUB_BUCKETS);
    const moved = empty ? 0 : this.base - base;
    const start = slab.take((end - base) / SUB_BUCKETS);
    const { bytes } = slab;
    bytes.copyWithin(start, this.start, slab.countsOf(this.start));
    const counts = slab.countsOf(this.start);
    bytes.copyWithin(slab.countsOf(start) + moved, counts, counts + this.length);
    slab.give(this.start, this.length / SUB_BUCKETS);
    if (this.carries !== undefined) {
      const carries = new Uint32Array(end - base);
      carries.set(this.carries, moved);
      this.ledger.bytes += carries.byteLength - this.carries.byteLength;
      this.carries = carries;
    }
    this.start = start;
    this.base = base;
    this.length = end - base;
  }
}

/** Of 32 bytes, beginning at a word: bit n is set where byte n is not 0. */
function occupiedBytes(words: Uint32Array, first: number): number {
  let mask = 0;
  for (let nth = 0; nth < WORDS_AT_ONCE; nth++) {
    const word = words[first + nth]!;
    // The top bit of each byte: set when the byte's lower seven bits carry over, or it was set itself.
    const tops = (((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word) & 0x80808080;
    // The multiplication moves the four top bits side by side into the highest four.
    mask |= (Math.imul(tops >>> 7, 0x10204080) >>> 28) << (nth * 4);
  }
  return mask;
}
