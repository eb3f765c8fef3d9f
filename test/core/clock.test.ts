import { describe, expect, it } from "vitest";
import { type Clock, nextMultiple, type Tick } from "../../src/core/clock.ts";
import { createRealClock, type TimeSource } from "../../src/core/real-clock.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";

/** A machine whose wall clock and timers are controlled by the test. */
function machine(start: number) {
  let wall = start;
  let up = 0;
  let pending: { fn: () => void; due: number }[] = [];
  const source: TimeSource = {
    wallMs: () => wall,
    upMs: () => up,
    setTimer: (fn, delayMs) => {
      const timer = { fn, due: wall + delayMs };
      pending.push(timer);
      return () => {
        pending = pending.filter((other) => other !== timer);
      };
    },
  };
  /** Sets the wall clock, then fires every due timer once. */
  const moveTo = (at: number, elapsedMs = Math.max(0, at - wall)) => {
    wall = at;
    up += elapsedMs;
    const due = pending.filter((timer) => timer.due <= wall);
    pending = pending.filter((timer) => timer.due > wall);
    for (const timer of due) timer.fn();
  };
  return { source, moveTo, waiting: () => pending.length };
}

describe("the real clock", () => {
  it("ticks at its nominal instants and reports how late it was", () => {
    const { source, moveTo } = machine(1000);
    const ticks: Tick[] = [];
    createRealClock(source).every(100, (tick) => ticks.push(tick));
    moveTo(1103);
    moveTo(1200);
    expect(ticks).toEqual([
      { at: 1100, lateMs: 3, skipped: 0 },
      { at: 1200, lateMs: 0, skipped: 0 },
    ]);
  });

  it("skips ticks missed during a sleep of the machine", () => {
    const { source, moveTo } = machine(1000);
    const ticks: Tick[] = [];
    createRealClock(source).every(100, (tick) => ticks.push(tick));
    moveTo(3_601_050);
    moveTo(3_601_100);
    expect(ticks).toEqual([
      { at: 3_601_000, lateMs: 3_599_950, skipped: 35_999 },
      { at: 3_601_100, lateMs: 0, skipped: 0 },
    ]);
  });

  it("never goes backwards when the wall clock does", () => {
    const { source, moveTo } = machine(10_000);
    const clock = createRealClock(source);
    expect(clock.now()).toBe(10_000);
    moveTo(4_000);
    expect(clock.now()).toBe(10_000);
    moveTo(4_250);
    expect(clock.now()).toBe(10_250);
  });

  it("says how far it is ahead after the wall clock was set back, and until that is set right", () => {
    const { source, moveTo } = machine(10_000_000);
    const clock = createRealClock(source);
    const read = () => [clock.now(), clock.aheadMs?.()];
    expect(read()).toEqual([10_000_000, 0]);
    moveTo(6_400_500, 500);
    expect(read()).toEqual([10_000_000, 3_599_500]);
    moveTo(6_401_500, 1_000);
    expect(read()).toEqual([10_001_000, 3_599_500]);
    moveTo(10_002_000, 500);
    expect(read()).toEqual([10_002_000, 0]);
    moveTo(10_003_000, 1_000);
    expect(read()).toEqual([10_003_000, 0]);
  });

  it("continues ticking after a tick that threw", () => {
    const { source, moveTo } = machine(0);
    let ticks = 0;
    createRealClock(source).every(100, () => {
      ticks += 1;
      throw new Error("one bad tick");
    });
    expect(() => moveTo(100)).toThrow("one bad tick");
    expect(() => moveTo(200)).toThrow("one bad tick");
    expect(ticks).toBe(2);
  });

  it("begins where it is told to, and stays on that grid, also after a sleep", () => {
    const { source, moveTo } = machine(1030);
    const clock = createRealClock(source);
    const ticks: number[] = [];
    clock.every(500, ({ at }) => ticks.push(at), nextMultiple(500, clock.now()));
    for (const wall of [1490, 1502, 2003, 93_777, 94_000, 94_501]) moveTo(wall);
    expect(ticks).toEqual([1500, 2000, 93_500, 94_000, 94_500]);
  });

  it("leaks no timer when cancelled, even from within a tick", () => {
    const { source, moveTo, waiting } = machine(0);
    const clock = createRealClock(source);
    const cancel = clock.every(100, () => cancel());
    moveTo(100);
    expect(waiting()).toBe(0);
  });
});

describe("a delay that is longer than the timers of the machine", () => {
  const MAX_TIMER_MS = 2 ** 31 - 1;

  /** The longest delay that a clock asks of a machine, and whether `fn` ran once, at the right time. */
  function firedAt(schedule: (clock: Clock, fn: () => void) => unknown, until: number) {
    const { source, moveTo } = machine(0);
    const delays: number[] = [];
    const clock = createRealClock({
      ...source,
      setTimer: (fn, delayMs) => {
        delays.push(delayMs);
        return source.setTimer(fn, delayMs);
      },
    });
    const fired: number[] = [];
    schedule(clock, () => fired.push(clock.now()));
    for (let at = 0; at <= until; at += 86_400_000) moveTo(at);
    return { fired, longest: delays.reduce((most, each) => Math.max(most, each), 0) };
  }

  it("is waited for in parts, once and periodically", () => {
    const delayMs = 100 * 86_400_000;
    const once = firedAt((clock, fn) => clock.after(delayMs, fn), 5 * delayMs);
    // Each part ends at the next day of this machine.
    expect(once.fired).toHaveLength(1);
    expect(once.fired[0]).toBeGreaterThanOrEqual(delayMs);
    expect(once.longest).toBe(MAX_TIMER_MS);
    const periodic = firedAt((clock, fn) => clock.every(delayMs, fn), 3 * delayMs);
    expect(periodic.fired).toEqual([delayMs, 2 * delayMs, 3 * delayMs]);
    expect(periodic.longest).toBe(MAX_TIMER_MS);
  });

  it("never comes if it is infinite, and can be cancelled in any part", () => {
    expect(firedAt((clock, fn) => clock.after(Number.POSITIVE_INFINITY, fn), 1e11).fired).toEqual([]);
    const { source, moveTo, waiting } = machine(0);
    const cancel = createRealClock(source).after(1e12, () => {});
    moveTo(MAX_TIMER_MS);
    expect(waiting()).toBe(1);
    cancel();
    expect(waiting()).toBe(0);
  });
});

describe("the virtual clock", () => {
  it("runs due timers in time order, ties in scheduling order", () => {
    const clock = createVirtualClock(0);
    const ran: string[] = [];
    clock.every(10, () => ran.push(`a${clock.now()}`));
    clock.every(5, () => ran.push(`b${clock.now()}`));
    clock.after(10, () => ran.push("once"));
    clock.runUntil(20);
    expect(ran).toEqual(["b5", "a10", "b10", "once", "b15", "a20", "b20"]);
    expect(clock.now()).toBe(20);
  });

  it("runs timers scheduled by timers, and no cancelled ones", () => {
    const clock = createVirtualClock(0);
    const ran: number[] = [];
    const cancel = clock.every(3, () => ran.push(clock.now()));
    clock.after(4, () => {
      cancel();
      clock.after(1, () => ran.push(clock.now()));
    });
    clock.runUntil(100);
    expect(ran).toEqual([3, 5]);
  });
});
