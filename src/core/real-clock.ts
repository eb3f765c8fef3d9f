import type { Cancel, Clock, Tick } from "./clock.ts";

/** The system functions behind the real clock; replaced in its tests. */
export interface TimeSource {
  readonly wallMs: () => number;
  readonly setTimer: (fn: () => void, delayMs: number) => Cancel;
}

const machine: TimeSource = {
  wallMs: () => Date.now(),
  setTimer: (fn, delayMs) => {
    const timer = setTimeout(fn, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * The real clock. `now()` follows the wall clock but never goes backwards: when the system clock is set
 * back, time continues from the last value returned.
 */
export function createRealClock(source: TimeSource = machine): Clock {
  let last = 0;
  let skew = 0;

  function now(): number {
    const wall = source.wallMs();
    if (wall + skew < last) skew = last - wall;
    last = wall + skew;
    return last;
  }

  function every(periodMs: number, fn: (tick: Tick) => void): Cancel {
    let due = now() + periodMs;
    let cancelled = false;
    let cancelTimer: Cancel = () => {};

    const schedule = () => {
      cancelTimer = source.setTimer(fire, Math.max(0, due - now()));
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

  return { now, every, after: (delayMs, fn) => source.setTimer(fn, delayMs) };
}
