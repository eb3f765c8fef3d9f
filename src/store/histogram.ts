import { OCTAVES, SUB_BUCKETS } from "./histogram-layout.ts";
import type { Ledger } from "./ledger.ts";
import type { Counts } from "./quantiles.ts";
import { ESCAPE, type SlotEncoder } from "./slot-codec.ts";

const NONE = new Uint32Array(0);

/**
 * Latency counts of a window, to which slots are added and from which they are subtracted. It holds only
 * the octaves that ever had something, in one run: a service's latencies span a few of them.
 * A bucket holds up to 2^32 - 1 requests.
 */
export class Histogram implements Counts {
  private base = 0;
  private counts = NONE;
  private readonly octaves = new Float64Array(OCTAVES);
  private readonly ledger: Ledger;

  constructor(ledger: Ledger) {
    this.ledger = ledger;
    ledger.bytes += this.octaves.byteLength;
  }

  clear(): void {
    for (let octave = 0; octave < OCTAVES; octave++) {
      if (this.octaves[octave] === 0) continue;
      const start = octave * SUB_BUCKETS - this.base;
      this.counts.fill(0, start, start + SUB_BUCKETS);
      this.octaves[octave] = 0;
    }
  }

  countAt(index: number): number {
    const at = index - this.base;
    return at >= 0 && at < this.counts.length ? this.counts[at]! : 0;
  }

  addOctaves(target: Float64Array): void {
    for (let octave = 0; octave < OCTAVES; octave++) target[octave]! += this.octaves[octave]!;
  }

  add(index: number, count: number): void {
    if ((index - this.base) >>> 0 >= this.counts.length) this.reach(index);
    this.counts[index - this.base]! += count;
    this.octaves[index >> 6]! += count;
  }

  /** Adds (sign 1) or subtracts (sign -1) a slot written by SlotEncoder. Subtract only what was added. */
  addEncoded(bytes: Uint8Array, start: number, length: number, sign: 1 | -1): void {
    const end = start + length;
    const octaves = this.octaves;
    let counts = this.counts;
    let base = this.base;
    let index = -1;
    let at = start;
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
        // Multiplied rather than shifted: a count may need all 32 bits.
        let scale = 1;
        let part: number;
        do {
          part = bytes[at++]!;
          count += (part & 127) * scale;
          scale *= 128;
        } while (part > 127);
      }
      index += distance + 1;
      if ((index - base) >>> 0 >= counts.length) {
        this.reach(index);
        counts = this.counts;
        base = this.base;
      }
      counts[index - base]! += sign * count;
      octaves[index >> 6]! += sign * count;
    }
  }

  addHistogram(other: Histogram): void {
    for (let octave = 0; octave < OCTAVES; octave++) {
      if (other.octaves[octave] === 0) continue;
      const first = octave * SUB_BUCKETS;
      for (let index = first; index < first + SUB_BUCKETS; index++) {
        const count = other.countAt(index);
        if (count > 0) this.add(index, count);
      }
    }
  }

  encode(encoder: SlotEncoder): void {
    encoder.begin();
    for (let octave = 0; octave < OCTAVES; octave++) {
      if (this.octaves[octave] === 0) continue;
      const first = octave * SUB_BUCKETS;
      for (let index = first; index < first + SUB_BUCKETS; index++) {
        const count = this.counts[index - this.base]!;
        if (count > 0) encoder.put(index, count);
      }
    }
  }

  private reach(index: number): void {
    const start = (index >> 6) * SUB_BUCKETS;
    const empty = this.counts.length === 0;
    const base = empty ? start : Math.min(this.base, start);
    const end = empty ? start + SUB_BUCKETS : Math.max(this.base + this.counts.length, start + SUB_BUCKETS);
    const wider = new Uint32Array(end - base);
    wider.set(this.counts, empty ? 0 : this.base - base);
    this.ledger.bytes += wider.byteLength - this.counts.byteLength;
    this.counts = wider;
    this.base = base;
  }
}
