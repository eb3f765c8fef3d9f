import type { Clock } from "../core/clock.ts";
import { formatDuration } from "../core/text.ts";

/** Clocks are adjusted by less than this all the time, ms. */
const SHOWN_AHEAD_MS = 1_000;

/** Notices when the system clock was set back, and when the difference is gone. */
export class ClockNotes {
  readonly #clock: Clock;
  /** See SelfSnapshot. */
  aheadMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @returns a sentence when that changed */
  note(): string | undefined {
    const aheadMs = this.#clock.aheadMs?.() ?? 0;
    const changed = Math.abs(aheadMs - this.aheadMs) >= SHOWN_AHEAD_MS;
    this.aheadMs = aheadMs >= SHOWN_AHEAD_MS ? aheadMs : 0;
    if (!changed) return undefined;
    return this.aheadMs > 0
      ? `the system clock was set back: the times shown are ${formatDuration(aheadMs)} ahead of it`
      : "the times shown are those of the system clock again";
  }
}
