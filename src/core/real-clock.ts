import type { Cancel, Clock, Tick } from "./clock.ts";

/** The system functions behind the real clock; replaced in its tests. */
export interface TimeSource {
  /** The system clock: ms since the epoch; may be set to any time. */
  readonly wallMs: () => number;
  /** Time since an arbitrary start, ms; never set. It may stand still while the machine sleeps. */
  readonly upMs: () => number;
  readonly setTimer: (fn: () => void, delayMs: number) => Cancel;
}

const machine: TimeSource = {
  wallMs: () => Date.now(),
  upMs: () => performance.now(),
  setTimer: (fn, delayMs) => {
    // Timers that are due run before any input is read; what is to run at once lets it have its turn.
    if (delayMs <= 0) {
      const immediate = setImmediate(fn);
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(fn, delayMs);
    return () => clearTimeout(timer);
  },
};

/** The longest delay of a timer of the machine, ms; a longer one fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** A larger difference between the system clock and elapsed time means that the clock was set, ms. */
const SET_MS = 1_000;

/**
 * The real clock. `now()` follows the wall clock but never goes backwards: when the system clock is set
 * back, time continues from the last value returned, ahead of it. When the system clock is later set forward,
 * the difference shrinks first.
 */
export function createRealClock(source: TimeSource = machine): Clock {
  let last = 0;
  let lastUp = 0;
  let ahead = 0;

  function now(): number {
    const wall = source.wallMs();
    const up = source.upMs();
    const jumped = wall + ahead - last - (up - lastUp);
    if (wall + ahead < last) ahead = last - wall;
    else if (ahead > 0 && jumped > SET_MS) ahead = Math.max(0, ahead - jumped, last - wall);
    last = wall + ahead;
    lastUp = up;
    return last;
  }

  function every(periodMs: number, fn: (tick: Tick) => void, firstAt?: number): Cancel {
    let due = firstAt ?? now() + periodMs;
    let cancelled = false;
    let cancelTimer: Cancel = () => {};

    const schedule = () => {
      cancelTimer = source.setTimer(fire, Math.min(MAX_TIMER_MS, Math.max(0, due - now())));
    };
    const fire = () => {
      const at = now();
      if (at < due) return schedule();
      const skipped = Math.floor((at - due) / periodMs);
      const nominal = due + skipped * periodMs;
      due = nominal + periodMs;
      // Schedule the next call first: an exception in this one must not stop the timer.
      schedule();
      if (!cancelled) fn({ at: nominal, lateMs: at - nominal + skipped * periodMs, skipped });
    };

    schedule();
    return () => {
      cancelled = true;
      cancelTimer();
    };
  }

  function after(delayMs: number, fn: () => void): Cancel {
    let left = delayMs;
    let cancelTimer: Cancel = () => {};
    const wait = () => {
      const part = Math.min(MAX_TIMER_MS, left);
      left -= part;
      cancelTimer = source.setTimer(left > 0 ? wait : fn, part);
    };
    wait();
    return () => cancelTimer();
  }

  return { now, aheadMs: () => ahead, every, after };
}
