/**
 * Injected time. Every module reads time from a Clock, so the same code runs in real time (a terminal) and
 * in virtual time (headless commands and tests).
 */

/** The timing of one call of a periodic callback. */
export interface Tick {
  /** The time of this tick: ms since the epoch, never later than `clock.now()`. */
  readonly at: number;
  /** How late the call was, ms. Always 0 on a virtual clock. */
  readonly lateMs: number;
  /** Missed calls since the previous one. They are skipped, never replayed. */
  readonly skipped: number;
}

/** Cancels a timer; calling it twice does nothing. */
export type Cancel = () => void;

export interface Clock {
  /** ms since the epoch; never goes backwards. */
  now(): number;
  /** How far `now()` is ahead of the system clock because that was set back, ms. Absent: never. */
  aheadMs?(): number;
  /**
   * Calls `fn` every `periodMs` (> 0), first at `firstAt` (ms since the epoch; default: one period from now).
   * Missed calls are skipped and counted.
   */
  every(periodMs: number, fn: (tick: Tick) => void, firstAt?: number): Cancel;
  /** Calls `fn` once, `delayMs` (>= 0) from now. */
  after(delayMs: number, fn: () => void): Cancel;
}

/** The first multiple of `periodMs` after an instant: ticks that fall on multiples end on whole slots of a store. */
export function nextMultiple(periodMs: number, at: number): number {
  return (Math.floor(at / periodMs) + 1) * periodMs;
}
