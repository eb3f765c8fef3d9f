import type { Cancel, Clock, Tick } from "./clock.ts";
import type { Gap } from "./gaps.ts";
import { Schedule } from "./schedule.ts";

/** How long callbacks run before others get their turn (keys, ticks, responses), ms. */
const SLICE_MS = 10;
/** A longer time without a slice although one was due means that the process did not run, ms. */
const STOP_MS = 250;
/** Gaps kept of each kind; older ones are forgotten. */
const KEPT = 1_000;

/** A clock for work that may be late. All times are ms since the epoch. */
export interface BackgroundClock extends Clock {
  /** The time that its callbacks have missed up to `at`: calls that were skipped or are due. In order, not overlapping. */
  missed(at: number): readonly Gap[];
  /** When the process did not run although a callback was due. In order. */
  stops(): readonly Gap[];
}

interface Timer {
  due: number;
  readonly periodMs: number | undefined;
  readonly fn: (tick: Tick) => void;
  isCancelled: boolean;
}

/**
 * Calls back in the order in which callbacks are due, in slices: however much there is to do, keys and other timers
 * get their turn after each slice. Work that takes longer than there is time for is late, and says how late.
 */
export function createBackgroundClock(clock: Clock): BackgroundClock {
  const timers = new Schedule<Timer>();
  const missed: Gap[] = [];
  const stops: Gap[] = [];
  let cancelled = 0;
  let ranUntil = clock.now();
  let cancelSlice: Cancel = () => {};
  /** When the next slice is due; Infinity: none is. */
  let sliceAt = Number.POSITIVE_INFINITY;
  let isRunning = false;

  function add(timer: Timer): Cancel {
    timers.add(timer.due, timer);
    if (!isRunning && timer.due < sliceAt) plan();
    return () => {
      if (timer.isCancelled) return;
      timer.isCancelled = true;
      cancelled += 1;
      if (cancelled * 2 > timers.size) dropCancelled();
    };
  }

  function dropCancelled(): void {
    timers.remove(({ isCancelled }) => isCancelled);
    cancelled = 0;
    // Where none is left, none of the clock behind it is either: it would keep the program running.
    if (!isRunning) plan();
  }

  function plan(): void {
    cancelSlice();
    sliceAt = timers.next;
    if (sliceAt === Number.POSITIVE_INFINITY) return;
    cancelSlice = clock.after(Math.max(0, sliceAt - clock.now()), slice);
  }

  function slice(): void {
    const began = clock.now();
    const stop = stopUntil(began);
    if (stop !== undefined) keep(stops, stop);
    isRunning = true;
    try {
      for (let now = began; timers.next <= now && now - began < SLICE_MS; now = clock.now()) call(now);
    } finally {
      isRunning = false;
      ranUntil = clock.now();
      plan();
    }
  }

  function call(now: number): void {
    const timer = timers.take();
    if (timer.isCancelled) {
      cancelled -= 1;
      return;
    }
    const { due, periodMs, fn } = timer;
    if (periodMs === undefined) {
      timer.isCancelled = true;
      if (now - due > STOP_MS) extend(missed, { from: due, to: now });
      fn({ at: due, lateMs: now - due, skipped: 0 });
      return;
    }
    const skipped = Math.floor((now - due) / periodMs);
    const at = due + skipped * periodMs;
    if (skipped > 0) extend(missed, { from: due, to: at });
    // First, because an exception in this call must not stop the timer.
    timer.due = at + periodMs;
    timers.add(timer.due, timer);
    fn({ at, lateMs: now - due, skipped });
  }

  /** The stop that ends now, or goes on: nothing ran since a slice was due. */
  function stopUntil(now: number): Gap | undefined {
    const from = Math.max(ranUntil, timers.next);
    return now - from > STOP_MS ? { from, to: now } : undefined;
  }

  return {
    now: () => clock.now(),
    aheadMs: () => clock.aheadMs?.() ?? 0,
    every: (periodMs, fn, firstAt) =>
      add({ due: firstAt ?? clock.now() + periodMs, periodMs, fn, isCancelled: false }),
    after: (delayMs, fn) =>
      add({ due: clock.now() + delayMs, periodMs: undefined, fn: () => fn(), isCancelled: false }),
    missed(at) {
      if (timers.next >= at) return missed;
      const all = [...missed];
      extend(all, { from: timers.next, to: at });
      return all;
    },
    stops() {
      const stop = stopUntil(clock.now());
      return stop === undefined ? stops : [...stops, stop];
    },
  };
}

function keep(gaps: Gap[], gap: Gap): void {
  gaps.push(gap);
  if (gaps.length > KEPT) gaps.shift();
}

/** Adds a gap that begins no earlier than the newest one, as one with it where they overlap. */
function extend(gaps: Gap[], gap: Gap): void {
  const last = gaps.at(-1);
  if (last === undefined || gap.from > last.to) keep(gaps, gap);
  else if (gap.to > last.to) gaps[gaps.length - 1] = { from: Math.min(last.from, gap.from), to: gap.to };
}
