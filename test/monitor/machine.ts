import { createRealClock } from "../../src/core/real-clock.ts";

/** A real clock on a machine whose time is set by the test: in small steps, in one jump, or by work that takes time. */
export function machine() {
  let wall = 1_000_000_000_000;
  let setBackMs = 0;
  const up = () => wall + setBackMs;
  let timers: { fn: () => void; due: number }[] = [];
  const clock = createRealClock({
    wallMs: () => wall,
    upMs: () => up(),
    setTimer: (fn, delayMs) => {
      const timer = { fn, due: up() + delayMs };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  });
  const earliest = () => timers.toSorted((a, b) => a.due - b.due)[0];
  const call = (timer: (typeof timers)[number]) => {
    timers = timers.filter((other) => other !== timer);
    timer.fn();
  };
  const fire = (end = Number.POSITIVE_INFINITY) => {
    while (up() <= end) {
      const next = earliest();
      if (next === undefined || next.due > up()) return;
      call(next);
    }
  };
  return {
    clock,
    run(ms: number) {
      const end = up() + ms;
      while (up() < end) {
        // What is due after the end, because of work that took time, waits for the next run.
        fire(end);
        const next = Math.min(end, ...timers.map((timer) => timer.due).filter((due) => due > up()));
        wall = Math.max(wall, next - setBackMs);
        fire(end);
      }
    },
    /** As `run`. @param settled resolves when the promises that are pending have settled; awaited before each call */
    async runSettled(ms: number, settled: () => Promise<void>) {
      const end = up() + ms;
      for (;;) {
        await settled();
        const next = earliest();
        if (next === undefined || next.due > end) break;
        wall = Math.max(wall, next.due - setBackMs);
        call(next);
      }
      wall = Math.max(wall, end - setBackMs);
    },
    /** How many timers are set. */
    timers: () => timers.length,
    setBack(ms: number) {
      wall -= ms;
      setBackMs += ms;
    },
    /** What runs now takes so long: no timer calls meanwhile. */
    spend(ms: number) {
      wall += ms;
    },
    sleep(ms: number) {
      wall += ms;
      // What was due calls, and no more: with work that takes time there may always be more.
      fire(up());
    },
  };
}
