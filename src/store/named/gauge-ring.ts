import type { Ledger } from "../ledger.ts";
import type { GaugeValue } from "../types.ts";
import { SlotColumns, type SlotLimit } from "./slot-columns.ts";

/** What is kept of each slot, in this order. */
const LAST = 0;
const MIN = 1;
const MEAN = 2;
const MAX = 3;
const VALUES = 4;

/** What a gauge was in a stretch of time: filled by `GaugeRing.include`. */
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

/** A gauge in each slot in which it was seen: its last value there, extremes and mean. */
export class GaugeRing {
  private readonly slotMs: number;
  private readonly columns: SlotColumns;
  /** The newest slot, which may still be told more: -1 before the first value. */
  private slot = -1;
  private seen = 0;
  private sum = 0;
  private last = 0;
  private min = 0;
  private max = 0;

  constructor(slotMs: number, limit: SlotLimit, ledger: Ledger) {
    this.slotMs = slotMs;
    this.columns = new SlotColumns(VALUES, limit, ledger);
  }

  /** Times must not fall. */
  record(at: number, value: number): void {
    const slot = Math.ceil(at / this.slotMs);
    if (slot !== this.slot) {
      if (this.slot >= 0) this.close();
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
    return Math.floor(from / this.slotMs) >= this.columns.gone;
  }

  /** Adds every slot that touches from < t <= to (ms since the epoch), oldest first. */
  include(from: number, to: number, span: GaugeSpan): void {
    const { columns } = this;
    const first = Math.floor(from / this.slotMs) + 1;
    const last = Math.ceil(to / this.slotMs);
    for (let nth = columns.firstFrom(first); nth < columns.count && columns.slot(nth) <= last; nth++) {
      const at = columns.at(nth);
      const { values } = columns;
      span.add(values[at + LAST]!, values[at + MIN]!, values[at + MEAN]!, values[at + MAX]!);
    }
    if (this.slot >= first && this.slot <= last) {
      span.add(this.last, this.min, this.sum / this.seen, this.max);
    }
  }

  /** Gives its memory back. */
  clear(): void {
    this.columns.clear();
    this.slot = -1;
  }

  private close(): void {
    const at = this.columns.append(this.slot);
    const { values } = this.columns;
    values[at + LAST] = this.last;
    values[at + MIN] = this.min;
    values[at + MEAN] = this.sum / this.seen;
    values[at + MAX] = this.max;
  }
}
