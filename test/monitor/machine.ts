import { createRealClock } from "../../src/core/real-clock.ts";

/** A real clock on a machine whose time is set by the test, in small steps or in one jump. */
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
  const fire = () => {
    for (;;) {
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
        const next = Math.min(end, ...timers.map((timer) => timer.due).filter((due) => due > up()));
        wall = next - setBackMs;
        fire();
      }
    },
    setBack(ms: number) {
      wall -= ms;
      setBackMs += ms;
    },
    sleep(ms: number) {
      wall += ms;
      fire();
    },
  };
}
