import type { ByteCount } from "../byte-count.ts";
import type { Ring } from "./rings.ts";
import { SlotColumns, type SlotLimit } from "./slot-columns.ts";

/** Values for each slot. */
export const COUNTER_WIDTH = 1;

/** How much a counter grew. */
export interface Increase {
  value: number;
}

/** How much a counter grew in each slot in which it did. */
export class CounterRing implements Ring<Increase> {
  readonly ratio: number;
  private readonly columns: SlotColumns;
  /** The newest slot, which may still grow: -1 before the first. */
  private slot = -1;
  private growth = 0;

  constructor(ratio: number, limit: SlotLimit, byteCount: ByteCount) {
    this.ratio = ratio;
    this.columns = new SlotColumns(COUNTER_WIDTH, limit, byteCount);
  }

  /** @param finest the open slot, in numbers of the finest tier; must not fall */
  add(finest: number, by: number): void {
    const slot = Math.ceil(finest / this.ratio);
    if (slot > this.slot) {
      if (this.growth > 0) this.close();
      this.slot = slot;
      this.growth = 0;
    }
    this.growth += by;
  }

  include(from: number, to: number, sum: Increase): void {
    const { columns } = this;
    for (let nth = columns.firstFrom(from + 1); nth < columns.count && columns.slot(nth) <= to; nth++) {
      sum.value += columns.values[columns.at(nth)]!;
    }
    if (this.slot > from && this.slot <= to) sum.value += this.growth;
  }

  /** Gives its memory back. */
  clear(): void {
    this.columns.clear();
    this.slot = -1;
    this.growth = 0;
  }

  private close(): void {
    // In two steps: `append` may replace the array of values.
    const at = this.columns.append(this.slot);
    this.columns.values[at] = this.growth;
  }
}
