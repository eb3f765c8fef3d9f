import type { Cancel, Clock, Tick } from "./clock.ts";
import { createVirtualClock } from "./virtual-clock.ts";

/**
 * A clock that starts in the past, advances to the present in virtual time, and then follows the real clock.
 */
export interface WarmUpClock extends Clock {
  /**
   * Advances virtual time, for about `budgetMs` of real time.
   * @returns whether the present has been reached; from then on the clock follows the real clock
   */
  catchUp(budgetMs: number): boolean;
}

/** A timer that continues on the real clock. */
interface Timer {
  /** ms since the epoch */
  due: number;
  cancel: Cancel;
  readonly periodMs: number | undefined;
  readonly fn: (tick: Tick) => void;
}

/** Virtual time between two reads of the real clock, ms. */
const STEP_MS = 500;
/**
 * A simulation that has not caught up by then is slower than time itself, ms: the clock jumps to the present, and
 * what was not simulated is a gap.
 */
const LONGEST_CATCH_UP_MS = 10_000;

/** @param spanMs how far in the past it starts, ms */
export function createWarmUpClock(real: Clock, spanMs: number): WarmUpClock {
  const virtual = createVirtualClock(real.now() - spanMs);
  const timers = new Set<Timer>();
  let isLive = false;
  let beganAt: number | undefined;

  function arrange(due: number, periodMs: number | undefined, fn: (tick: Tick) => void): Cancel {
    const timer: Timer = { due, periodMs, fn, cancel: () => {} };
    timers.add(timer);
    timer.cancel =
      periodMs === undefined
        ? virtual.after(due - virtual.now(), () => {
            timers.delete(timer);
            fn({ at: due, lateMs: 0, skipped: 0 });
          })
        : virtual.every(
            periodMs,
            (tick) => {
              timer.due = tick.at + periodMs;
              fn(tick);
            },
            due,
          );
    return () => {
      timers.delete(timer);
      timer.cancel();
    };
  }

  /** Timers keep their due times; periodic ones continue from there. */
  function goLive(): void {
    isLive = true;
    for (const timer of timers) {
      timer.cancel();
      const { due, periodMs, fn } = timer;
      timer.cancel =
        periodMs === undefined
          ? real.after(Math.max(0, due - real.now()), () => {
              timers.delete(timer);
              fn({ at: due, lateMs: Math.max(0, real.now() - due), skipped: 0 });
            })
          : real.every(periodMs, fn, due);
    }
  }

  return {
    now: () => (isLive ? real.now() : virtual.now()),
    aheadMs: () => real.aheadMs?.() ?? 0,
    every: (periodMs, fn, firstAt) =>
      isLive ? real.every(periodMs, fn, firstAt) : arrange(firstAt ?? virtual.now() + periodMs, periodMs, fn),
    after: (delayMs, fn) =>
      isLive ? real.after(delayMs, fn) : arrange(virtual.now() + delayMs, undefined, () => fn()),
    catchUp(budgetMs) {
      const began = real.now();
      while (!isLive) {
        const present = real.now();
        beganAt ??= present;
        if (virtual.now() >= present || present - beganAt > LONGEST_CATCH_UP_MS) goLive();
        else if (present - began >= budgetMs) return false;
        else virtual.runUntil(Math.min(present, virtual.now() + STEP_MS));
      }
      return true;
    },
  };
}
