import type { Ledger } from "../ledger.ts";
import type { GaugeValue } from "../types.ts";

const FIRST_CAPACITY = 16;
/** What is kept of each slot, in this order; each has seven digits. */
const LAST = 0;
const MIN = 1;
const MEAN = 2;
const MAX = 3;
const VALUES = 4;
/** The values of a slot, and its number. */
export const BYTES_A_SLOT = VALUES * 4 + 4;

/** How far back rings reach at most, in slots. Shared and changed from outside: it depends on how many there are. */
export interface SlotLimit {
  slots: number;
}

/** What gauges were in a stretch of time: filled by `GaugeRing.include`. */
export class GaugeSpan {
  last = Number.NaN;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  private sum = 0;
  private slots = 0;

  get seen(): boolean {
    return this.slots > 0;
  }

  of(value: GaugeValue): number {
    if (this.slots === 0) return Number.NaN;
    return value === "mean" ? this.sum / this.slots : this[value];
  }

  add(last: number, min: number, mean: number, max: number): void {
    this.last = last;
    if (min < this.min) this.min = min;
    if (max > this.max) this.max = max;
    this.sum += mean;
    this.slots += 1;
  }
}

/** A gauge in each slot in which it was seen: its last value there, extremes and mean. The oldest slots go. */
export class GaugeRing {
  private readonly slotMs: number;
  private readonly limit: SlotLimit;
  private readonly ledger: Ledger;
  private slots = new Uint32Array(0);
  private values = new Float32Array(0);
  private start = 0;
  private count = 0;
  /** Slots up to this one are gone. */
  private gone = -1;
  /** The newest slot, which may still be told more: -1 before the first value. */
  private slot = -1;
  private seen = 0;
  private sum = 0;
  private last = 0;
  private min = 0;
  private max = 0;

  constructor(slotMs: number, limit: SlotLimit, ledger: Ledger) {
    this.slotMs = slotMs;
    this.limit = limit;
    this.ledger = ledger;
  }

  /** Times must not fall. */
  record(at: number, value: number): void {
    const slot = Math.ceil(at / this.slotMs);
    if (slot !== this.slot) {
      if (this.slot >= 0) this.append();
      this.slot = slot;
      this.seen = 0;
      this.sum = 0;
      this.min = value;
      this.max = value;
    }
    this.seen += 1;
    this.sum += value;
    this.last = value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  /** Whether it still has everything that was seen after `from` (ms since the epoch). */
  reaches(from: number): boolean {
    return Math.floor(from / this.slotMs) >= this.gone;
  }

  /** Adds every slot that touches from < t <= to (ms since the epoch), oldest first. */
  include(from: number, to: number, span: GaugeSpan): void {
    const first = Math.floor(from / this.slotMs) + 1;
    const last = Math.ceil(to / this.slotMs);
    for (let nth = this.firstFrom(first); nth < this.count; nth++) {
      const place = this.place(nth);
      if (this.slots[place]! > last) return;
      const at = place * VALUES;
      const { values } = this;
      span.add(values[at + LAST]!, values[at + MIN]!, values[at + MEAN]!, values[at + MAX]!);
    }
    if (this.slot >= first && this.slot <= last) {
      span.add(this.last, this.min, this.sum / this.seen, this.max);
    }
  }

  /** Gives its memory back. */
  clear(): void {
    this.ledger.bytes -= this.slots.byteLength + this.values.byteLength;
    this.slots = new Uint32Array(0);
    this.values = new Float32Array(0);
    this.count = 0;
    this.slot = -1;
  }

  private firstFrom(slot: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.slots[this.place(middle)]! >= slot) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private place(nth: number): number {
    const place = this.start + nth;
    return place < this.slots.length ? place : place - this.slots.length;
  }

  private append(): void {
    const most = Math.max(1, this.limit.slots);
    if (this.slots.length > 2 * most) this.resize(most);
    while (this.count >= most) {
      this.gone = this.slots[this.start]!;
      this.start = this.place(1);
      this.count -= 1;
    }
    if (this.count === this.slots.length) {
      this.resize(Math.min(most, Math.max(FIRST_CAPACITY, this.count * 2)));
    }
    const place = this.place(this.count);
    this.slots[place] = this.slot;
    const at = place * VALUES;
    this.values[at + LAST] = this.last;
    this.values[at + MIN] = this.min;
    this.values[at + MEAN] = this.sum / this.seen;
    this.values[at + MAX] = this.max;
    this.count += 1;
  }

  /** Moves the newest slots into arrays of another length. */
  private resize(capacity: number): void {
    const slots = new Uint32Array(capacity);
    const values = new Float32Array(capacity * VALUES);
    const kept = Math.min(this.count, capacity);
    for (let nth = 0; nth < kept; nth++) {
      const from = this.place(this.count - kept + nth);
      slots[nth] = this.slots[from]!;
      for (let value = 0; value < VALUES; value++)
        values[nth * VALUES + value] = this.values[from * VALUES + value]!;
    }
    this.ledger.bytes +=
      slots.byteLength + values.byteLength - this.slots.byteLength - this.values.byteLength;
    this.slots = slots;
    this.values = values;
    this.start = 0;
    this.count = kept;
  }
}
