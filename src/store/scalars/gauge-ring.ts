import type { ByteCount } from "../byte-count.ts";
import type { GaugeWindow } from "../types.ts";
import type { Ring } from "./rings.ts";
import { SlotColumns, type SlotLimit } from "./slot-columns.ts";

/** What is kept of each slot, in this order. */
const LAST = 0;
const MIN = 1;
const MEAN = 2;
const MAX = 3;
export const GAUGE_WIDTH = 4;

/** What a gauge was in some slots: filled by `GaugeRing.include`. */
export class GaugeSpan {
  private last = Number.NaN;
  private min = Number.POSITIVE_INFINITY;
  private max = Number.NEGATIVE_INFINITY;
  private sum = 0;
  private weight = 0;

  /** undefined when it was not set. */
  window(): GaugeWindow | undefined {
    const { last, min, max } = this;
    return this.weight === 0 ? undefined : { last, min, mean: this.sum / this.weight, max };
  }

  add(last: number, min: number, mean: number, max: number, weight: number): void {
    this.last = last;
    if (min < this.min) this.min = min;
    if (max > this.max) this.max = max;
    this.sum += mean * weight;
    this.weight += weight;
  }
}

/** A gauge in each slot in which it was set: its last value there, extremes and mean. */
export class GaugeRing implements Ring<GaugeSpan> {
  readonly ratio: number;
  private readonly columns: SlotColumns;
  /** The newest slot, which may still get values: -1 before the first value. */
  private slot = -1;
  private seen = 0;
  private sum = 0;
  private last = 0;
  private min = 0;
  private max = 0;

  constructor(ratio: number, limit: SlotLimit, byteCount: ByteCount) {
    this.ratio = ratio;
    this.columns = new SlotColumns(GAUGE_WIDTH, limit, byteCount);
  }

  /** @param finest the open slot, in numbers of the finest tier; must not fall */
  set(finest: number, value: number): void {
    const slot = Math.ceil(finest / this.ratio);
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

  include(from: number, to: number, span: GaugeSpan): void {
    const { columns, ratio } = this;
    for (let nth = columns.firstFrom(from + 1); nth < columns.count && columns.slot(nth) <= to; nth++) {
      const at = columns.at(nth);
      const { values } = columns;
      span.add(values[at + LAST]!, values[at + MIN]!, values[at + MEAN]!, values[at + MAX]!, ratio);
    }
    if (this.slot > from && this.slot <= to) {
      span.add(this.last, this.min, this.sum / this.seen, this.max, ratio);
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
