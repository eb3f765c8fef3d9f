import type { SparseCounts } from "../histogram/sparse-counts.ts";
import type { Totals } from "../histogram/totals.ts";
import type { Ledger } from "../ledger.ts";
import { SlidingWindow } from "./sliding-window.ts";

interface Running {
  readonly windowMs: number;
  readonly slots: number;
  readonly slide: SlidingWindow;
}

/** So many windows of a series are kept running; the one that was begun first makes room for another. */
const MOST_RUNNING = 4;

/** The windows of one series that are asked each tick, kept up to date as slots close. */
export class RunningWindows {
  private readonly running: Running[] = [];

  find(windowMs: number): SlidingWindow | undefined {
    for (const each of this.running) if (each.windowMs === windowMs) return each.slide;
    return undefined;
  }

  /** Keeps a window of this length running. @returns it, to be told what it looks at. */
  start(windowMs: number, slotMs: number, ledger: Ledger): SlidingWindow {
    const slide =
      this.running.length < MOST_RUNNING ? new SlidingWindow(ledger) : this.running.shift()!.slide;
    this.running.push({ windowMs, slots: Math.ceil(windowMs / slotMs), slide });
    return slide;
  }

  /** A slot of the finest tier is closing. */
  push(slot: number, totals: Totals, sparse: SparseCounts): void {
    // While the next slot is open, no window of this length that ends in it reaches back farther.
    for (const { slide, slots } of this.running) slide.push(slot - slots, slot, totals, sparse);
  }
}
