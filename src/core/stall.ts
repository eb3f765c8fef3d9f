import type { Cancel, Clock } from "./clock.ts";
import { type Gap, observedMs } from "./gaps.ts";

/** Gaps kept; older ones are forgotten. */
const KEPT = 64;

/**
 * Answers whether this process was stopped between two instants (SIGSTOP, sleep of the machine, blocked
 * event loop), given when a periodic timer called. Pure: the caller passes all times, ms since the epoch.
 */
export class StallLog {
  readonly #periodMs: number;
  readonly #toleranceMs: number;
  readonly #gaps: Gap[] = [];
  #last: number;

  /**
   * @param periodMs time between two calls of the timer
   * @param toleranceMs a call that is this much later is still normal
   * @param startedAt when the timer was started
   */
  constructor(periodMs: number, toleranceMs: number, startedAt: number) {
    this.#periodMs = periodMs;
    this.#toleranceMs = toleranceMs;
    this.#last = startedAt;
  }

  /** The timer called at `at`. */
  fired(at: number): void {
    if (this.#isGap(at)) {
      this.#gaps.push({ from: this.#last, to: at });
      if (this.#gaps.length > KEPT) this.#gaps.shift();
    }
    this.#last = Math.max(this.#last, at);
  }

  /** The timer was started again at `at`; the time before does not count. */
  restarted(at: number): void {
    this.#last = Math.max(this.#last, at);
  }

  /**
   * How long the process was stopped between two instants, ms; 0 if it ran all the time. A stop that the timer
   * has not noticed yet counts too, because after a stop other callbacks can run first. The result is at most
   * one period too long.
   * @param now the present, at least `to`
   */
  stoppedMs(from: number, to: number, now: number): number {
    const gaps = this.#isGap(now) ? [...this.#gaps, { from: this.#last, to: now }] : this.#gaps;
    const stopped = to - from - observedMs(from, to, gaps);
    // What began right after a stop, or ended right before one, was not affected.
    return stopped > this.#toleranceMs ? stopped : 0;
  }

  #isGap(now: number): boolean {
    return now - this.#last > this.#periodMs + this.#toleranceMs;
  }
}

/** Time between two calls of the timer, ms. */
const PERIOD_MS = 100;
/** Shorter delays are the usual work of this process and are not reported, ms. */
const TOLERANCE_MS = 100;

/** Notices when this process was stopped while something was under way. */
export interface StallDetector {
  /** Watches from now on, until the returned function is called. The timer runs only while somebody watches. */
  watch(): Cancel;
  /**
   * How long this process was stopped between two instants within the watched time, ms; 0 if not, or for less
   * than 100 to 200 ms. Always 0 on a virtual clock.
   */
  stoppedMs(from: number, to: number): number;
}

export function createStallDetector(clock: Clock): StallDetector {
  const log = new StallLog(PERIOD_MS, TOLERANCE_MS, clock.now());
  let watchers = 0;
  let cancelTimer: Cancel = () => {};

  return {
    watch() {
      if (watchers === 0) {
        log.restarted(clock.now());
        cancelTimer = clock.every(PERIOD_MS, () => log.fired(clock.now()));
      }
      watchers += 1;
      let isWatching = true;
      return () => {
        if (!isWatching) return;
        isWatching = false;
        watchers -= 1;
        if (watchers > 0) return;
        // The last watcher may stop right after a stall, before the timer called.
        log.fired(clock.now());
        cancelTimer();
      };
    },
    stoppedMs: (from, to) => log.stoppedMs(from, to, clock.now()),
  };
}
