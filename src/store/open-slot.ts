import type { Histogram } from "./histogram.ts";
import { bucketIndex, SUB_BUCKETS } from "./histogram-layout.ts";
import type { Ledger } from "./ledger.ts";
import type { Counts } from "./quantiles.ts";
import type { SlotEncoder } from "./slot-codec.ts";
import { type Totals, toSumUnits } from "./totals.ts";

/** Places in `scalars`. Those that every request touches stand together: one line of the processor's cache. */
export const REQUESTS = 0;
export const ERRORS = 1;
export const SUM_MS = 2;
export const MIN_MS = 3;
export const MAX_MS = 4;
export const LAST_REQUEST = 5;
export const CHECKS = 6;
export const FAILED_CHECKS = 7;
export const LAST_CHECK = 8;
export const LAST_PASS = 9;
export const LAST_HEARTBEAT = 10;
export const LAST_GAUGE = 11;
const SCALARS = 12;

/** A full byte carries this much; it then starts again at 1, so that an occupied bucket is never 0. */
const CARRY = 255;
const NO_BYTES = new Uint8Array(0);
const NO_WORDS = new Uint32Array(0);

/**
 * What one service recorded into the open slot. Its latency counts are single bytes, so that thousands of
 * services fit into the processor's cache; what does not fit into a byte is carried to a wider array, which
 * only busy services have. Like a Histogram it holds only the octaves that ever had something.
 */
export class OpenSlot implements Counts {
  /** Totals of the slot, and beside them the times of the newest observations (-Infinity: never). */
  readonly scalars = new Float64Array(SCALARS);
  private bytes = NO_BYTES;
  private base = 0;
  private words = NO_WORDS;
  private carries: Uint32Array | undefined;
  protected readonly ledger: Ledger;

  constructor(ledger: Ledger) {
    this.ledger = ledger;
    this.scalars.fill(Number.NEGATIVE_INFINITY);
    this.clearTotals();
    ledger.bytes += this.scalars.byteLength;
  }

  /** True when it holds neither requests nor checks. */
  get empty(): boolean {
    return this.scalars[REQUESTS] === 0 && this.scalars[CHECKS] === 0;
  }

  /** Counts a latency in ms, which must be finite and >= 0. Tells nothing to the scalars. */
  protected count(latencyMs: number): void {
    const index = bucketIndex(latencyMs);
    if ((index - this.base) >>> 0 >= this.bytes.length) this.reach(index);
    const at = index - this.base;
    const before = this.bytes[at]!;
    if (before === CARRY) this.carry(at);
    else this.bytes[at] = before + 1;
  }

  countAt(index: number): number {
    const at = index - this.base;
    if (at < 0 || at >= this.bytes.length) return 0;
    const byte = this.bytes[at]!;
    return this.carries === undefined ? byte : byte + CARRY * this.carries[at]!;
  }

  addOctaves(target: Float64Array): void {
    const { bytes, carries } = this;
    for (let start = 0; start < bytes.length; start += SUB_BUCKETS) {
      let sum = 0;
      for (let at = start; at < start + SUB_BUCKETS; at++) sum += bytes[at]!;
      if (carries !== undefined) {
        for (let at = start; at < start + SUB_BUCKETS; at++) sum += CARRY * carries[at]!;
      }
      target[(this.base + start) >> 6]! += sum;
    }
  }

  addTotals(target: Totals): void {
    const scalars = this.scalars;
    target.requests += scalars[REQUESTS]!;
    target.errors += scalars[ERRORS]!;
    target.checks += scalars[CHECKS]!;
    target.failedChecks += scalars[FAILED_CHECKS]!;
    target.sum += toSumUnits(scalars[SUM_MS]!);
    if (scalars[MIN_MS]! < target.min) target.min = scalars[MIN_MS]!;
    if (scalars[MAX_MS]! > target.max) target.max = scalars[MAX_MS]!;
  }

  /** Adds the latency counts to a histogram. */
  addCounts(target: Histogram): void {
    const { bytes, words } = this;
    for (let word = 0; word < words.length; word++) {
      if (words[word] === 0) continue;
      for (let at = word * 4; at < word * 4 + 4; at++) {
        if (bytes[at] !== 0) target.add(this.base + at, this.countAt(this.base + at));
      }
    }
  }

  /** Closes the slot: writes its histogram, adds the same to `fleet`, and stands empty again. */
  drain(encoder: SlotEncoder, fleet: Histogram): void {
    encoder.begin();
    const { bytes, words, base } = this;
    for (let word = 0; word < words.length; word++) {
      if (words[word] === 0) continue;
      for (let at = word * 4; at < word * 4 + 4; at++) {
        if (bytes[at] === 0) continue;
        const count = this.countAt(base + at);
        encoder.put(base + at, count);
        fleet.add(base + at, count);
      }
      words[word] = 0;
    }
    this.carries?.fill(0);
    this.clearTotals();
  }

  private clearTotals(): void {
    this.scalars[REQUESTS] = 0;
    this.scalars[ERRORS] = 0;
    this.scalars[CHECKS] = 0;
    this.scalars[FAILED_CHECKS] = 0;
    this.scalars[SUM_MS] = 0;
    this.scalars[MIN_MS] = Number.POSITIVE_INFINITY;
    this.scalars[MAX_MS] = Number.NEGATIVE_INFINITY;
  }

  private carry(at: number): void {
    if (this.carries === undefined) {
      this.carries = new Uint32Array(this.bytes.length);
      this.ledger.bytes += this.carries.byteLength;
    }
    this.carries[at]! += 1;
    this.bytes[at] = 1;
  }

  private reach(index: number): void {
    const start = (index >> 6) * SUB_BUCKETS;
    const empty = this.bytes.length === 0;
    const base = empty ? start : Math.min(this.base, start);
    const end = empty ? start + SUB_BUCKETS : Math.max(this.base + this.bytes.length, start + SUB_BUCKETS);
    const wider = new Uint8Array(end - base);
    const moved = empty ? 0 : this.base - base;
    wider.set(this.bytes, moved);
    this.ledger.bytes += wider.byteLength - this.bytes.byteLength;
    if (this.carries !== undefined) {
      const carries = new Uint32Array(wider.length);
      carries.set(this.carries, moved);
      this.ledger.bytes += carries.byteLength - this.carries.byteLength;
      this.carries = carries;
    }
    this.bytes = wider;
    this.words = new Uint32Array(wider.buffer);
    this.base = base;
  }
}
