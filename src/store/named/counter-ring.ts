import type { Ledger } from "../ledger.ts";
import { SlotColumns, type SlotLimit } from "./slot-columns.ts";

/** How much a counter grew in each slot in which it did. */
export class CounterRing {
  private readonly slotMs: number;
  private readonly columns: SlotColumns;
  /** The newest slot, which may still grow: -1 before the first. */
  private slot = -1;
  private growth = 0;

  constructor(slotMs: number, limit: SlotLimit, ledger: Ledger) {
    this.slotMs = slotMs;
    this.columns = new SlotColumns(1, limit, ledger);
  }

  /** What comes for a slot before the newest counts in the newest: nothing is lost. */
  add(at: number, by: number): void {
    const slot = Math.ceil(at / this.slotMs);
    if (slot > this.slot) {
      if (this.growth > 0) this.close();
      this.slot = slot;
      this.growth = 0;
    }
    this.growth += by;
  }

  /** Whether it still has everything that was counted after `from` (ms since the epoch). */
  reaches(from: number): boolean {
    return Math.floor(from / this.slotMs) >= this.columns.gone;
  }

  /** How much it grew in every slot that touches from < t <= to, and what those slots cover, ms. */
  within(
    from: number,
    to: number,
  ): { readonly growth: number; readonly fromMs: number; readonly toMs: number } {
    const { columns, slotMs } = this;
    const before = Math.floor(from / slotMs);
    const last = Math.ceil(to / slotMs);
    let growth = 0;
    for (let nth = columns.firstFrom(before + 1); nth < columns.count && columns.slot(nth) <= last; nth++) {
      growth += columns.values[columns.at(nth)]!;
    }
    if (this.slot > before && this.slot <= last) growth += this.growth;
    return { growth, fromMs: before * slotMs, toMs: last * slotMs };
  }

  /** Gives its memory back. */
  clear(): void {
    this.columns.clear();
    this.slot = -1;
    this.growth = 0;
  }

  private close(): void {
    const at = this.columns.append(this.slot);
    this.columns.values[at] = this.growth;
  }
}
