import type { BackgroundClock } from "../core/background-clock.ts";
import { type Gap, mergeGaps, observedMs } from "../core/gaps.ts";

/** A window of which more was not simulated has wrong rates: a share of it, and the least that counts, ms. */
const MISSED_SHARE = 0.1;
const LEAST_MISSED_MS = 250;

const TOO_SLOW = "this machine is too slow for the simulation: its rates are lower than configured";

/** Whether simulated entities are simulated as fast as time passes. */
export class SimulationPace {
  readonly #clock: BackgroundClock;
  readonly #startedAt: number;
  /** The instant of the newest question, and its answers by window: most entities have the same. */
  #at = Number.NaN;
  readonly #answers = new Map<number, string | undefined>();

  constructor(clock: BackgroundClock) {
    this.#clock = clock;
    this.#startedAt = clock.now();
  }

  /**
   * The problem of a window that ends at `at` (ms since the epoch), of which too much was not simulated.
   * @param gaps when the monitor did not run: rates do not count this time
   */
  problem(windowMs: number, at: number, gaps: readonly Gap[]): string | undefined {
    if (at !== this.#at) this.#answers.clear();
    this.#at = at;
    if (!this.#answers.has(windowMs)) {
      const from = Math.max(at - windowMs, this.#startedAt);
      const allowedMs = Math.max(LEAST_MISSED_MS, MISSED_SHARE * (at - from));
      this.#answers.set(windowMs, this.#missedMs(from, at, gaps) > allowedMs ? TOO_SLOW : undefined);
    }
    return this.#answers.get(windowMs);
  }

  #missedMs(from: number, at: number, gaps: readonly Gap[]): number {
    const isIn = (gap: Gap) => gap.to > from && gap.from < at;
    const missed = this.#clock.missed(at).filter(isIn);
    if (missed.length === 0) return 0;
    const known = gaps.filter(isIn);
    // A stop begins before the first tick that was skipped, and ends after the last one.
    const stops = this.#clock.stops().filter((stop) => known.some((gap) => overlap(stop, gap)));
    const notRunning = mergeGaps([...known, ...stops]);
    return observedMs(from, at, notRunning) - observedMs(from, at, mergeGaps([...notRunning, ...missed]));
  }
}

function overlap(a: Gap, b: Gap): boolean {
  return a.from < b.to && b.from < a.to;
}
