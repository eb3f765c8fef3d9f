import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextMultiple, type Tick } from "../../src/core/clock.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { createWarmUpClock } from "../../src/core/warm-up-clock.ts";
import { machine } from "../monitor/machine.ts";

const START = 1_000_000;

function start(spanMs = 60_000) {
  const real = createVirtualClock(START);
  return { real, warm: createWarmUpClock(real, spanMs) };
}

describe("the warm-up clock", () => {
  it("starts in the past and ends in the present", () => {
    const { real, warm } = start();
    expect(warm.now()).toBe(START - 60_000);
    expect(warm.catchUp(1_000)).toBe(true);
    expect(warm.now()).toBe(START);
    real.runUntil(START + 700);
    expect(warm.now()).toBe(START + 700);
  });

  it("runs timers at their instants, before and after, without gaps or duplicates", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 50, max: 5_000 }),
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 0, max: 25_000 }),
        (periodMs, spanMs, onceMs) => {
          const { real, warm } = start(spanMs);
          const ticks: number[] = [];
          const once: number[] = [];
          warm.every(periodMs, (tick: Tick) => ticks.push(tick.at));
          warm.after(onceMs, () => once.push(warm.now()));
          warm.catchUp(1_000);
          real.runUntil(START + 10_000);
          const first = START - spanMs;
          const expected = [];
          for (let at = first + periodMs; at <= START + 10_000; at += periodMs) expected.push(at);
          expect(ticks).toEqual(expected);
          expect(once).toEqual(first + onceMs <= START + 10_000 ? [first + onceMs] : []);
        },
      ),
    );
  });

  it("keeps a timer on the grid on which it began when it goes live", () => {
    const real = createVirtualClock(START + 137);
    const warm = createWarmUpClock(real, 10_000);
    const ticks: number[] = [];
    warm.every(500, ({ at }) => ticks.push(at), nextMultiple(500, warm.now()));
    // While it catches up real time goes on, past a tick.
    warm.after(9_990, () => real.runUntil(START + 300));
    warm.catchUp(1_000);
    real.runUntil(START + 2_000);
    const first = nextMultiple(500, START + 137 - 10_000);
    expect(ticks).toEqual(Array.from({ length: 24 }, (_, n) => first + n * 500));
  });

  it("respects its budget of real time, and continues from there", () => {
    const { real, warm } = start();
    // Each second of the past takes 10 ms to simulate.
    warm.every(1_000, () => real.runUntil(real.now() + 10));
    expect(warm.catchUp(50)).toBe(false);
    expect(real.now() - START).toBeLessThanOrEqual(60);
    let slices = 1;
    while (!warm.catchUp(50)) slices += 1;
    expect(slices).toBeGreaterThan(5);
    expect(warm.now()).toBe(real.now());
  });

  it("runs no cancelled timer, before or after going live", () => {
    const { real, warm } = start();
    let runs = 0;
    const count = () => {
      runs += 1;
    };
    warm.every(1_000, count)();
    warm.after(70_000, count)();
    const cancel = warm.every(1_000, count);
    warm.catchUp(1_000);
    const before = runs;
    expect(before).toBe(60);
    cancel();
    real.runUntil(START + 20_000);
    expect(runs).toBe(before);
  });

  it("jumps to the present when it cannot catch up, and its timers say what they skipped", () => {
    const { clock, run, sleep } = machine();
    const present = clock.now();
    const warm = createWarmUpClock(clock, 60_000);
    const ticks: Tick[] = [];
    warm.every(500, (tick: Tick) => {
      ticks.push(tick);
      // Slower than time itself.
      if (tick.at < present) sleep(600);
    });
    for (let slices = 0; slices < 100 && !warm.catchUp(12); slices += 1) run(1);
    expect(warm.now()).toBe(clock.now());
    expect(clock.now() - present).toBeLessThan(12_000);
    const simulated = ticks.length;
    run(1_000);
    // None of the minute is lost without a word: simulated, skipped, or called on time.
    const skipped = ticks.reduce((sum, tick) => sum + tick.skipped, 0);
    expect(skipped).toBeGreaterThan(100);
    expect(ticks.length + skipped).toBe((ticks.at(-1)!.at - (present - 60_000)) / 500);
    expect(ticks.length).toBeGreaterThan(simulated);
  });
});
