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
  const fire = (end = Number.POSITIVE_INFINITY) => {
    while (up() <= end) {
      const next = timers.filter((timer) => timer.due <= up()).sort((a, b) => a.due - b.due)[0];
      if (!next) return;
      timers = timers.filter((timer) => timer !== next);
      next.fn();
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
