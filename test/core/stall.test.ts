import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStallDetector } from "../../src/core/stall.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { machine } from "../monitor/machine.ts";

describe("a stop of this process", () => {
  it("is noticed whenever it happens, before or after the timer has called", () => {
    const times = {
      before: fc.nat(5_000),
      stop: fc.integer({ min: 201, max: 600_000 }),
      after: fc.nat(5_000),
    };
    fc.assert(
      fc.property(fc.record(times), ({ before, stop, after }) => {
        const { clock, run, spend: stopFor } = machine();
        const stalls = createStallDetector(clock);
        const end = stalls.watch();
        const from = clock.now();
        run(before);
        const stoppedAt = clock.now();
        stopFor(stop);
        const resumedAt = clock.now();
        // Nothing has called yet: another callback may be the first.
        expect(stalls.stoppedMs(from, resumedAt)).toBeGreaterThanOrEqual(stop);
        run(after);
        const whole = stalls.stoppedMs(from, clock.now());
        expect(whole).toBeGreaterThanOrEqual(stop);
        expect(whole).toBeLessThanOrEqual(stop + 100);
        // What ended before or began after was not affected.
        expect(stalls.stoppedMs(from, stoppedAt)).toBe(0);
        run(200);
        expect(stalls.stoppedMs(resumedAt, clock.now())).toBe(0);
        end();
        expect(stalls.stoppedMs(from, resumedAt)).toBeGreaterThanOrEqual(stop);
      }),
    );
  });

  it("is not reported for usual delays", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ run: fc.nat(300), busy: fc.nat(99) }), { maxLength: 30 }), (steps) => {
        const { clock, run, spend: stop } = machine();
        const stalls = createStallDetector(clock);
        stalls.watch();
        const from = clock.now();
        for (const { run: running, busy } of steps) {
          run(running + 1);
          stop(busy);
        }
        expect(stalls.stoppedMs(from, clock.now())).toBe(0);
      }),
    );
  });

  it("is looked for only while somebody watches; the time in between is no stop", () => {
    const { clock, run, spend: stop, timers } = machine();
    const stalls = createStallDetector(clock);
    expect(timers()).toBe(0);
    const ends = [stalls.watch(), stalls.watch()];
    expect(timers()).toBe(1);
    for (const end of ends) end();
    ends[0]?.();
    expect(timers()).toBe(0);
    stop(60_000);
    const from = clock.now();
    stalls.watch();
    run(1_000);
    expect(stalls.stoppedMs(from, clock.now())).toBe(0);
  });

  it("never happens on a virtual clock", () => {
    const clock = createVirtualClock();
    const stalls = createStallDetector(clock);
    stalls.watch();
    const from = clock.now();
    clock.runUntil(from + 3_600_000);
    expect(stalls.stoppedMs(from, clock.now())).toBe(0);
  });
});
