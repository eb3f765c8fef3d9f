/**
 * Time, injected. Every module gets its time from a Clock, so that a run can be real (a terminal) or
 * virtual (headless commands and tests) without any other difference.
 */

/** The timing of one call of a periodic callback. */
export interface Tick {
  /** The instant this call stands for: ms since the epoch, never later than `clock.now()`. */
  readonly at: number;
  /** How long after its due time the call came, ms. Always 0 on a virtual clock. */
  readonly lateMs: number;
  /** Calls that were due since the previous one and were skipped, never replayed. */
  readonly skipped: number;
}

/** Cancels a timer; calling it twice does nothing. */
export type Cancel = () => void;

export interface Clock {
  /** ms since the epoch; never goes backwards. */
  now(): number;
  /** Calls `fn` every `periodMs` (> 0), first one period from now. Missed calls are skipped and counted. */
  every(periodMs: number, fn: (tick: Tick) => void): Cancel;
  /** Calls `fn` once, `delayMs` (>= 0) from now. */
  after(delayMs: number, fn: () => void): Cancel;
}
