import type { Tick } from "../core/clock.ts";

const REMEMBERED_MS = 60_000;
/** A longer delay means that the machine slept: it is reported as a gap, not as lag. */
const SLEEP_MS = 10_000;

/** Measures the delay of the monitor's ticks. */
export class Lag {
  #newest = 0;
  #skipped = 0;
  #recent: { readonly at: number; readonly lateMs: number }[] = [];

  /** Records a tick. Returns the length of the gap (ms) if the machine slept, else 0. */
  note(tick: Tick): number {
    this.#skipped += tick.skipped;
    if (tick.lateMs > SLEEP_MS) {
      this.#newest = 0;
      return tick.lateMs;
    }
    this.#newest = tick.lateMs;
    this.#recent = this.#recent.filter((past) => past.at > tick.at - REMEMBERED_MS);
    this.#recent.push({ at: tick.at, lateMs: tick.lateMs });
    return 0;
  }

  get newestMs(): number {
    return this.#newest;
  }

  get worstMs(): number {
    return this.#recent.reduce((worst, past) => Math.max(worst, past.lateMs), 0);
  }

  get skipped(): number {
    return this.#skipped;
  }
}
