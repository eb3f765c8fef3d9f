import type { Clock } from "./clock.ts";

/** How the system clock behaved over a while. */
export interface ClockDrift {
  /** The system clock, ms since the epoch. */
  readonly now: number;
  /** How far it moved against the monotonic clock, ms: not 0 while it is being set. */
  readonly driftMs: number;
  /** How much later than asked a timer came, ms. */
  readonly lateMs: number;
}

/** Watches the system clock for `ms`. */
export async function watchSystemClock(clock: Clock, ms: number): Promise<ClockDrift> {
  const wall = Date.now();
  const steady = performance.now();
  await new Promise<void>((resolve) => {
    clock.after(ms, resolve);
  });
  const passedMs = performance.now() - steady;
  const now = Date.now();
  return { now, driftMs: Math.round(now - wall - passedMs), lateMs: Math.round(passedMs - ms) };
}
