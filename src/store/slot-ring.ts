import { ByteArena } from "./byte-arena.ts";
import type { Histogram } from "./histogram.ts";
import type { Ledger } from "./ledger.ts";
import type { SlotEncoder } from "./slot-codec.ts";
import type { ByteLimit } from "./tiers.ts";
import type { Totals } from "./totals.ts";

/** Columns of a slot: whole numbers, and latencies. */
const SLOT = 0;
const REQUESTS = 1;
const ERRORS = 2;
const CHECKS = 3;
const FAILED_CHECKS = 4;
/** Where its histogram lies in the arena, and how long that is; 0 when it has none. */
const OFFSET = 5;
const LENGTH = 6;
const WHOLES = 7;
const SUM = 0;
const MIN = 1;
const MAX = 2;
const LATENCIES = 3;

const FIRST_CAPACITY = 16;
/** Of histograms, for each slot of the first capacity. */
const FIRST_BYTES = 16;
const NO_WHOLES = new Uint32Array(0);
const NO_LATENCIES = new Float64Array(0);

/**
 * The closed slots of one service at one resolution, oldest to newest; slots in which nothing happened take
 * no room. Slots are addressed by a sequence number, which stays theirs: `first` <= n < `end`.
 * Totals are kept for `keepSlots`; histograms as long, unless the byte limit drops the oldest before.
 */
export class SlotRing {
  first = 0;
  end = 0;
  /** The byte limit has taken the histograms of all slots before this sequence number. */
  lostBefore = 0;
  private readonly keepSlots: number;
  private readonly limit: ByteLimit;
  private readonly ledger: Ledger;
  private readonly arena: ByteArena;
  /** The slot of `first`, at hand: looking into the oldest place at every append would be a trip to memory. */
  private firstSlot = 0;
  private readonly firstCapacity: number;
  private capacity = 0;
  /** The place of `first` in the columns. */
  private start = 0;
  /** The oldest slot that has a histogram, or `end`. */
  private oldestHistogram = 0;
  private wholes = NO_WHOLES;
  private latencies = NO_LATENCIES;

  /**
   * @param turn the place of its owner among others; they begin with different capacities, so that thousands
   * of them, all equally busy, do not all grow in the same tick.
   */
  constructor(keepSlots: number, limit: ByteLimit, turn: number, ledger: Ledger) {
    this.firstCapacity = FIRST_CAPACITY + (turn % FIRST_CAPACITY);
    this.keepSlots = keepSlots;
    this.limit = limit;
    this.ledger = ledger;
    this.arena = new ByteArena(ledger);
  }

  slot(sequence: number): number {
    return this.wholes[this.place(sequence) * WHOLES + SLOT]!;
  }

  /** The first sequence number whose slot is later than `slot`; `end` if there is none. */
  firstAfter(slot: number): number {
    let low = this.first;
    let high = this.end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.slot(middle) > slot) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Appends a closed slot, later than all before, and drops what is now too old. */
  append(slot: number, totals: Totals, histogram: SlotEncoder): void {
    while (this.first < this.end && this.firstSlot <= slot - this.keepSlots) this.dropOldest();
    if (this.end - this.first === this.capacity) this.grow();
    const length = histogram.length <= this.limit.bytes ? histogram.length : 0;
    const offset = length > 0 ? this.reserve(length) : 0;
    const bytes = this.arena.bytes;
    for (let at = 0; at < length; at++) bytes[offset + at] = histogram.bytes[at]!;

    const place = this.place(this.end);
    const wholes = this.wholes;
    const whole = place * WHOLES;
    wholes[whole + SLOT] = slot;
    wholes[whole + REQUESTS] = totals.requests;
    wholes[whole + ERRORS] = totals.errors;
    wholes[whole + CHECKS] = totals.checks;
    wholes[whole + FAILED_CHECKS] = totals.failedChecks;
    wholes[whole + OFFSET] = offset;
    wholes[whole + LENGTH] = length;
    const latencies = this.latencies;
    const latency = place * LATENCIES;
    latencies[latency + SUM] = totals.sum;
    latencies[latency + MIN] = totals.min;
    latencies[latency + MAX] = totals.max;
    if (this.end === this.first) this.firstSlot = slot;
    this.end += 1;
    if (length === 0) this.skipEmpty();
  }

  /** Adds a slot: its totals, and its histogram where one is given. */
  include(sequence: number, totals: Totals, histogram: Histogram | undefined): void {
    this.apply(sequence, totals, histogram, 1);
    const latency = this.place(sequence) * LATENCIES;
    if (this.latencies[latency + MIN]! < totals.min) totals.min = this.latencies[latency + MIN]!;
    if (this.latencies[latency + MAX]! > totals.max) totals.max = this.latencies[latency + MAX]!;
  }

  /** Takes a slot away again. The extremes stay as they are: they cannot be subtracted. */
  exclude(sequence: number, totals: Totals, histogram: Histogram | undefined): void {
    this.apply(sequence, totals, histogram, -1);
  }

  private apply(sequence: number, totals: Totals, histogram: Histogram | undefined, sign: 1 | -1): void {
    const place = this.place(sequence);
    const whole = place * WHOLES;
    const wholes = this.wholes;
    totals.requests += sign * wholes[whole + REQUESTS]!;
    totals.errors += sign * wholes[whole + ERRORS]!;
    totals.checks += sign * wholes[whole + CHECKS]!;
    totals.failedChecks += sign * wholes[whole + FAILED_CHECKS]!;
    totals.sum += sign * this.latencies[place * LATENCIES + SUM]!;
    const length = wholes[whole + LENGTH]!;
    if (histogram !== undefined && length > 0) {
      histogram.addEncoded(this.arena.bytes, wholes[whole + OFFSET]!, length, sign);
    }
  }

  sum(sequence: number): number {
    return this.latencies[this.place(sequence) * LATENCIES + SUM]!;
  }

  min(sequence: number): number {
    return this.latencies[this.place(sequence) * LATENCIES + MIN]!;
  }

  max(sequence: number): number {
    return this.latencies[this.place(sequence) * LATENCIES + MAX]!;
  }

  private place(sequence: number): number {
    const place = this.start + sequence - this.first;
    return place < this.capacity ? place : place - this.capacity;
  }

  private dropOldest(): void {
    if (this.oldestHistogram === this.first) this.dropHistogram();
    this.first += 1;
    this.start = this.start + 1 === this.capacity ? 0 : this.start + 1;
    if (this.first < this.end) this.firstSlot = this.slot(this.first);
  }

  private dropHistogram(): void {
    this.wholes[this.place(this.oldestHistogram) * WHOLES + LENGTH] = 0;
    this.skipEmpty();
    const next = this.oldestHistogram;
    this.arena.release(next < this.end ? this.wholes[this.place(next) * WHOLES + OFFSET]! : 0);
  }

  private skipEmpty(): void {
    while (
      this.oldestHistogram < this.end &&
      this.wholes[this.place(this.oldestHistogram) * WHOLES + LENGTH] === 0
    ) {
      this.oldestHistogram += 1;
    }
  }

  private reserve(length: number): number {
    if (this.arena.bytes.length > this.limit.bytes) this.resizeArena(this.limit.bytes);
    for (;;) {
      const offset = this.arena.reserve(length);
      if (offset >= 0) return offset;
      const capacity = this.arena.bytes.length;
      if (capacity < this.limit.bytes) {
        const wanted = Math.max(this.firstCapacity * FIRST_BYTES, length, Math.ceil(capacity * 1.5));
        this.resizeArena(Math.min(this.limit.bytes, wanted));
      } else {
        this.loseOldestHistogram();
      }
    }
  }

  private loseOldestHistogram(): void {
    this.lostBefore = this.oldestHistogram + 1;
    this.dropHistogram();
  }

  /** Moves the histograms into an arena of another size, the oldest left out where they do not fit. */
  private resizeArena(capacity: number): void {
    let used = 0;
    for (let n = this.oldestHistogram; n < this.end; n++)
      used += this.wholes[this.place(n) * WHOLES + LENGTH]!;
    while (used > capacity) {
      used -= this.wholes[this.place(this.oldestHistogram) * WHOLES + LENGTH]!;
      this.loseOldestHistogram();
    }
    const old = this.arena.bytes;
    this.arena.reset(capacity);
    // Neighbours stay neighbours: the records move in two pieces at most, what had wrapped around second.
    let pieceStart = 0;
    let pieceEnd = 0;
    let shift = 0;
    for (let n = this.oldestHistogram; n < this.end; n++) {
      const whole = this.place(n) * WHOLES;
      const length = this.wholes[whole + LENGTH]!;
      if (length === 0) continue;
      const from = this.wholes[whole + OFFSET]!;
      const to = this.arena.reserve(length);
      if (from !== pieceEnd || pieceStart === pieceEnd) {
        this.arena.bytes.set(old.subarray(pieceStart, pieceEnd), pieceStart + shift);
        pieceStart = from;
        shift = to - from;
      }
      pieceEnd = from + length;
      this.wholes[whole + OFFSET] = to;
    }
    this.arena.bytes.set(old.subarray(pieceStart, pieceEnd), pieceStart + shift);
  }

  private grow(): void {
    const capacity = Math.min(this.keepSlots, Math.max(this.firstCapacity, this.capacity * 2));
    const wholes = new Uint32Array(capacity * WHOLES);
    const latencies = new Float64Array(capacity * LATENCIES);
    // The ring is full: what begins at `start` goes to the front, then what had wrapped around.
    wholes.set(this.wholes.subarray(this.start * WHOLES));
    wholes.set(this.wholes.subarray(0, this.start * WHOLES), (this.capacity - this.start) * WHOLES);
    latencies.set(this.latencies.subarray(this.start * LATENCIES));
    latencies.set(
      this.latencies.subarray(0, this.start * LATENCIES),
      (this.capacity - this.start) * LATENCIES,
    );
    this.ledger.bytes +=
      wholes.byteLength + latencies.byteLength - this.wholes.byteLength - this.latencies.byteLength;
    this.wholes = wholes;
    this.latencies = latencies;
    this.capacity = capacity;
    this.start = 0;
  }
}
