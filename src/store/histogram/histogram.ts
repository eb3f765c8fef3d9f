import type { ByteCount } from "../byte-count.ts";
import { OCTAVES, SUB_BUCKETS } from "./histogram-layout.ts";
import type { Counts } from "./quantiles.ts";
import { ESCAPE } from "./slot-codec.ts";
import type { SparseCounts } from "./sparse-counts.ts";

const NONE = new Uint32Array(0);

/**
 * Latency counts of a window, to which slots are added and from which they are subtracted. It holds only
 * the octaves that ever had something, in one run: a service's latencies span a few of them.
 * A slot may add up to 2^31 - 1 requests, and a bucket hold 2^32 - 1.
 */
export class Histogram implements Counts {
  private base = 0;
  private counts = NONE;
  private readonly octaves = new Float64Array(OCTAVES);
  private readonly byteCount: ByteCount;

  constructor(byteCount: ByteCount) {
    this.byteCount = byteCount;
    byteCount.bytes += this.octaves.byteLength;
  }

  clear(): void {
    for (let octave = 0; octave < OCTAVES; octave++) {
      if (this.octaves[octave] === 0) continue;
      const start = octave * SUB_BUCKETS - this.base;
      this.counts.fill(0, start, start + SUB_BUCKETS);
      this.octaves[octave] = 0;
    }
  }

  addOctave(octave: number, target: Uint32Array): void {
    const { counts } = this;
    const first = octave * SUB_BUCKETS - this.base;
    if (first < 0 || first >= counts.length) return;
    for (let nth = 0; nth < SUB_BUCKETS; nth++) target[nth] = (target[nth]! + counts[first + nth]!) | 0;
  }

  addOctaves(target: Float64Array): void {
    const first = this.base >> 6;
    const end = (this.base + this.counts.length) >> 6;
    for (let octave = first; octave < end; octave++) target[octave]! += this.octaves[octave]!;
  }

  add({ indexes, counts, size }: SparseCounts): void {
    if (size === 0) return;
    this.reach(indexes[0]!);
    this.reach(indexes[size - 1]!);
    const mine = this.counts;
    const { base, octaves } = this;
    let octave = 0;
    let sum = 0;
    for (let nth = 0; nth < size; nth++) {
      const index = indexes[nth]!;
      const count = counts[nth]!;
      mine[index - base] = (mine[index - base]! + count) | 0;
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
    let counts = this.counts;
    let base = this.base;
    let index = -1;
    let at = start;
    // The sum of an octave is kept at hand while its buckets come, and written once. `| 0` tells the compiler
    // that counts are whole numbers of 32 bits, for it would calculate with fractions otherwise.
    let octave = 0;
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
          distance += (part & 127) << shift;
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
      if (sign < 0) count = -count | 0;
      index += distance + 1;
      if ((index - base) >>> 0 >= counts.length) {
        this.reach(index);
        counts = this.counts;
        base = this.base;
      }
      counts[index - base] = (counts[index - base]! + count) | 0;
      if (index >> 6 !== octave) {
        octaves[octave]! += sum;
        octave = index >> 6;
        sum = 0;
      }
      sum = (sum + count) | 0;
    }
    octaves[octave]! += sum;
  }

  /** Lists the non-empty buckets. */
  gather(into: SparseCounts): void {
    let size = 0;
    for (let octave = 0; octave < OCTAVES; octave++) {
      if (this.octaves[octave] === 0) continue;
      const first = octave * SUB_BUCKETS;
      for (let index = first; index < first + SUB_BUCKETS; index++) {
        const count = this.counts[index - this.base]!;
        if (count === 0) continue;
        into.indexes[size] = index;
        into.counts[size++] = count;
      }
    }
    into.size = size;
  }

  private reach(index: number): void {
    if ((index - this.base) >>> 0 < this.counts.length) return;
    const start = (index >> 6) * SUB_BUCKETS;
    const empty = this.counts.length === 0;
    const base = empty ? start : Math.min(this.base, start);
    const end = empty ? start + SUB_BUCKETS : Math.max(this.base + this.counts.length, start + SUB_BUCKETS);
    const wider = new Uint32Array(end - base);
    wider.set(this.counts, empty ? 0 : this.base - base);
    this.byteCount.bytes += wider.byteLength - this.counts.byteLength;
    this.counts = wider;
    this.base = base;
  }
}
