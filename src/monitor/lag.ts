import type { Tick } from "../core/clock.ts";
import type { Gap } from "../core/gaps.ts";

const REMEMBERED_MS = 60_000;
/** A longer delay means that the machine slept: it is reported as a gap, not as lag. */
const SLEEP_MS = 10_000;
/** So many gaps are kept; older ones matter only to what has been silent for longer. */
const MOST_GAPS = 1_000;

/** Measures the delay of the monitor's ticks, and keeps the gaps in which none ran. */
export class Lag {
  #newest = 0;
  #skipped = 0;
  #recent: { readonly at: number; readonly lateMs: number }[] = [];
  #gaps: readonly Gap[] = [];

  /**
   * Records a tick. Ticks that were skipped leave a gap, from the first one that was missed to this one.
   * @param periodMs the time between ticks
   * @returns the gap
   */
  note(tick: Tick, periodMs: number): Gap | undefined {
    this.#skipped += tick.skipped;
    const slept = tick.lateMs > SLEEP_MS;
    this.#newest = slept ? 0 : tick.lateMs;
    this.#recent = this.#recent.filter((past) => past.at > tick.at - REMEMBERED_MS);
    if (!slept) this.#recent.push({ at: tick.at, lateMs: tick.lateMs });
    if (tick.skipped === 0) return undefined;
    const gap = { from: tick.at - tick.skipped * periodMs, to: tick.at };
    this.#gaps = [...this.#gaps, gap].slice(-MOST_GAPS);
    return gap;
  }

  /** A tick was skipped because the one before it was not done: sources went on, so this is no gap. */
  overrun(): void {
    this.#skipped += 1;
  }

  /** In order. The same array until there is another. */
  get gaps(): readonly Gap[] {
    return this.#gaps;
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
