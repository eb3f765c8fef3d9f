import type { DrawingStats } from "../../terminal/display.ts";
import type { Drawing } from "../view.ts";

const SPAN_MS = 5_000;

/** Rates over the last seconds, from the totals of a terminal. */
export class DrawingRate {
  #samples: { readonly at: number; readonly stats: DrawingStats }[] = [];

  /** @param at ms since the epoch, not before the last one */
  note(at: number, stats: DrawingStats): void {
    this.#samples = [...this.#samples.filter((sample) => sample.at >= at - SPAN_MS), { at, stats }];
  }

  /** Undefined until there are two samples of different times. */
  get current(): Drawing | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.at === first.at) return undefined;
    const seconds = (last.at - first.at) / 1000;
    return {
      updatesPerSecond: (last.stats.updates - first.stats.updates) / seconds,
      bytesPerSecond: (last.stats.bytes - first.stats.bytes) / seconds,
      lastBytes: last.stats.lastBytes,
      heldBack: last.stats.heldBack,
    };
  }
}
