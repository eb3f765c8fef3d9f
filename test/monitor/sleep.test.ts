import { describe, expect, it } from "vitest";
import { createRealClock } from "../../src/core/real-clock.ts";
import { createMonitor } from "../../src/monitor/monitor.ts";
import { CALM, configOf } from "./harness.ts";

/** A real clock on a machine whose time is set by the test, in small steps or in one jump. */
function machine() {
  let wall = 1_000_000_000_000;
  let timers: { fn: () => void; due: number }[] = [];
  const clock = createRealClock({
    wallMs: () => wall,
    setTimer: (fn, delayMs) => {
      const timer = { fn, due: wall + delayMs };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  });
  const fire = () => {
    for (;;) {
      const next = timers.filter((timer) => timer.due <= wall).sort((a, b) => a.due - b.due)[0];
      if (!next) return;
      timers = timers.filter((timer) => timer !== next);
      next.fn();
    }
  };
  return {
    clock,
    run(ms: number) {
      const end = wall + ms;
      while (wall < end) {
        wall = Math.min(end, ...timers.map((timer) => timer.due).filter((due) => due > wall));
        fire();
      }
    },
    sleep(ms: number) {
      wall += ms;
      fire();
    },
  };
}

describe("a machine that slept", () => {
  it("leaves a gap: no burst, no alert for the time without observations, and an event", () => {
    const { clock, run, sleep } = machine();
    const monitor = createMonitor({ config: configOf(CALM), configName: "c", clock, live: true });
    monitor.start();
    run(10_000);
    const ticks = monitor.snapshot().tick;
    const rate = monitor.snapshot().entities[0]!.values.requests!;
    sleep(2 * 3_600_000);
    expect(
      monitor
        .snapshot()
        .events.map(({ text }) => text)
        .join("\n"),
    ).toContain("nothing was observed for 2h");
    run(500);
    expect(monitor.snapshot().tick - ticks).toBeLessThanOrEqual(2);
    expect(monitor.snapshot().entities[0]!.values.requests!).toBeLessThan(rate / 2);
    run(20_000);
    expect(monitor.snapshot().alerts).toEqual([]);
    expect(monitor.snapshot().health).toBe("healthy");
    monitor.stop();
  });
});
