import type { ByteCount } from "../byte-count.ts";
import { BUCKETS, OCTAVES, SUB_BUCKETS } from "./histogram-layout.ts";
import { ESCAPE } from "./slot-codec.ts";
import type { SparseCounts } from "./sparse-counts.ts";

const NONE: Uint32Array = new Uint32Array(0);

/** Memory of many histograms, in which one at a time is worked on; see `Histogram.use`. */
export interface HistogramMemory {
  /** Moves the counts to a run of buckets that begins at `base`. It then calls `use`. */
  move(histogram: Histogram, base: number, length: number): void;
}

/**
 * Counts of a window, to which slots are added and from which they are subtracted. It holds only the octaves that
 * ever had something, in one run: the values of a series span a few of them. A slot may add up to 2^31 - 1 values,
 * and a bucket hold 2^32 - 1.
 */
export class Histogram {
  /** The count of bucket `index` is at `index + origin`, for `length` buckets from `base` on. */
  counts = NONE;
  origin = 0;
  base = 0;
  length = 0;
  /** The sum of each octave. */
  readonly octaves = new Float64Array(OCTAVES);
  private readonly byteCount: ByteCount;
  private readonly memory: HistogramMemory | undefined;

  /** @param memory where its counts are; of its own when absent */
  constructor(byteCount: ByteCount, memory?: HistogramMemory) {
    this.byteCount = byteCount;
    this.memory = memory;
    byteCount.bytes += this.octaves.byteLength;
  }

  /** Its counts are `length` buckets from `base` on, and those begin at `start`. The octaves' sums are the caller's. */
  use(counts: Uint32Array, start: number, base: number, length: number): void {
    this.counts = counts;
    this.origin = start - base;
    this.base = base;
    this.length = length;
  }

  clear(): void {
    for (let octave = 0; octave < OCTAVES; octave++) {
      if (this.octaves[octave] === 0) continue;
      const start = octave * SUB_BUCKETS + this.origin;
      this.counts.fill(0, start, start + SUB_BUCKETS);
      this.octaves[octave] = 0;
    }
  }

  /** Writes the number of values in each bucket of an octave to `target`, which has SUB_BUCKETS elements. */
  readOctave(octave: number, target: Uint32Array): void {
    const { counts } = this;
    const first = octave * SUB_BUCKETS + this.origin;
    const some = this.octaves[octave] !== 0;
    for (let nth = 0; nth < SUB_BUCKETS; nth++) target[nth] = some ? counts[first + nth]! : 0;
  }

  add({ indexes, counts, size }: SparseCounts): void {
    if (size === 0) return;
    this.reach(indexes[0]!);
    this.reach(indexes[size - 1]!);
    const mine = this.counts;
    const { origin, octaves } = this;
    let octave = 0;
    let sum = 0;
    for (let nth = 0; nth < size; nth++) {
      const index = indexes[nth]!;
      const count = counts[nth]!;
      mine[index + origin] = (mine[index + origin]! + count) | 0;
      if (index >> 6 !== octave) {
        octaves[octave]! += sum;
        octave = index >> 6;
        sum = 0;
      }
      sum = (sum + count) | 0;
    }
    octaves[octave]! += sum;
  }

  /** Adds (sign 1) or subtracts (sign -1) a slot written by encodeCounts. Subtract only what was added. */
  addEncoded(bytes: Uint8Array, start: number, length: number, sign: 1 | -1): void {
    const end = start + length;
    const octaves = this.octaves;
    let { counts, origin } = this;
    // All bits are set where counts are subtracted: then (count ^ flip) - flip is -count.
    const flip = (sign - 1) >> 1;
    let index = -1;
    let at = start;
    // The sum of an octave is kept at hand while its buckets come, and written once. `| 0` tells the compiler
    // that counts are whole numbers of 32 bits, for it would calculate with fractions otherwise.
    let octave = -1;
    let sum = 0;
    while (at < end) {
      const byte = bytes[at++]!;
      let distance = byte >> 4;
      let count = (byte & 15) + 1;
      if (distance === ESCAPE) {
        let shift = 0;
        let part: number;
        do {
          part = bytes[at++]!;
          distance = (distance + ((part & 127) << shift)) | 0;
          shift += 7;
        } while (part > 127);
      }
      if (count > ESCAPE) {
        let shift = 0;
        let part: number;
        do {
          part = bytes[at++]!;
          count = (count + ((part & 127) << shift)) | 0;
          shift += 7;
        } while (part > 127);
      }
      count = ((count ^ flip) - flip) | 0;
      index = (index + distance + 1) | 0;
      if (index >> 6 !== octave) {
        if (octave >= 0) octaves[octave]! += sum;
        octave = index >> 6;
        sum = 0;
        if ((index - this.base) >>> 0 >= this.length) {
          this.reach(index);
          ({ counts, origin } = this);
        }
      }
      sum = (sum + count) | 0;
      counts[index + origin] = (counts[index + origin]! + count) | 0;
    }
    if (octave >= 0) octaves[octave]! += sum;
  }

  /** Lists the non-empty buckets. */
  gather(into: SparseCounts): void {
    const { counts, origin } = this;
    let size = 0;
    for (let octave = 0; octave < OCTAVES; octave++) {
      if (this.octaves[octave] === 0) continue;
      const first = octave * SUB_BUCKETS;
      for (let index = first; index < first + SUB_BUCKETS; index++) {
        const count = counts[index + origin]!;
        if (count === 0) continue;
        into.indexes[size] = index;
        into.counts[size++] = count;
      }
    }
    into.size = size;
  }

  /** Its counts, of all buckets, for a caller that adds to them itself and then calls `recount`. */
  allBuckets(): Uint32Array {
    this.reach(0);
    this.reach(BUCKETS - 1);
    return this.counts;
  }

  /** Computes the sums of the octaves from the counts. */
  recount(): void {
    const { counts, origin, base, length } = this;
    for (let start = base; start < base + length; start += SUB_BUCKETS) {
      let sum = 0;
      for (let index = start; index < start + SUB_BUCKETS; index++) sum += counts[index + origin]!;
      this.octaves[start >> 6] = sum;
    }
  }

  private reach(index: number): void {
    if ((index - this.base) >>> 0 < this.length) return;
    const start = (index >> 6) * SUB_BUCKETS;
    const empty = this.length === 0;
    const base = empty ? start : Math.min(this.base, start);
    const end = empty ? start + SUB_BUCKETS : Math.max(this.base + this.length, start + SUB_BUCKETS);
    if (this.memory !== undefined) {
      this.memory.move(this, base, end - base);
      return;
    }
    const wider = new Uint32Array(end - base);
    wider.set(this.counts, empty ? 0 : this.base - base);
    this.byteCount.bytes += wider.byteLength - this.counts.byteLength;
    this.use(wider, 0, base, end - base);
  }
}
