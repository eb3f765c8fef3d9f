import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBackgroundClock } from "../../src/core/background-clock.ts";
import type { Clock, Tick } from "../../src/core/clock.ts";
import { type Gap, observedMs } from "../../src/core/gaps.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { machine } from "../monitor/machine.ts";

/** One timer: a period, or a single call, and when it is cancelled. All in ms from the start. */
const timer = fc.record({
  firstAt: fc.nat(2_000),
  periodMs: fc.option(fc.integer({ min: 1, max: 500 })),
  cancelAt: fc.option(fc.nat(4_000)),
});
type Timer = typeof timer extends fc.Arbitrary<infer Value> ? Value : never;

/** Starts timers; returns what they call, in order. */
function start(clock: Clock, timers: readonly Timer[], called: () => void = () => {}) {
  const calls: { nth: number; at: number; now: number; skipped: number }[] = [];
  const began = clock.now();
  for (const [nth, { firstAt, periodMs, cancelAt }] of timers.entries()) {
    const call = ({ at, skipped }: Tick) => {
      calls.push({ nth, at, now: clock.now(), skipped });
      called();
    };
    const cancel =
      periodMs === null
        ? clock.after(firstAt, () => call({ at: began + firstAt, lateMs: 0, skipped: 0 }))
        : clock.every(periodMs, call, began + firstAt);
    // Not at the instant of a call: then either may be first.
    if (cancelAt !== null) clock.after(cancelAt + 0.5, cancel);
  }
  return calls;
}

describe("a background clock", () => {
  it("calls as any clock does where callbacks take no time", () => {
    fc.assert(
      fc.property(fc.array(timer, { maxLength: 30 }), (timers) => {
        const byTimer = (clock: Clock, run: () => void) => {
          const calls = start(clock, timers);
          run();
          return Map.groupBy(calls, ({ nth }) => nth);
        };
        const plain = createVirtualClock(0);
        const sliced = createVirtualClock(0);
        expect(byTimer(createBackgroundClock(sliced), () => sliced.runUntil(5_000))).toEqual(
          byTimer(plain, () => plain.runUntil(5_000)),
        );
      }),
    );
  });

  it("calls in the order in which callbacks are due, and lets others have their turn, however much is due", () => {
    fc.assert(
      fc.property(
        fc.array(timer, { minLength: 5, maxLength: 60 }),
        fc.integer({ min: 1, max: 12 }),
        (timers, costMs) => {
          const { clock, run, spend } = machine();
          const others: Tick[] = [];
          clock.every(20, (tick) => others.push(tick));
          const calls = start(createBackgroundClock(clock), timers, () => spend(costMs));
          run(3_000);
          // A slice and the last callback in it.
          expect(Math.max(...others.map(({ lateMs }) => lateMs))).toBeLessThanOrEqual(10 + costMs);
          const dues = calls.map(({ at, skipped, nth }) => at - skipped * (timers[nth]!.periodMs ?? 0));
          expect(dues).toEqual(dues.toSorted((a, b) => a - b));
        },
      ),
    );
  });

  it("says what it missed: all the time between two calls but for the period of the timer", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 50, max: 400 }),
        (timers, costMs, periodMs) => {
          const { clock, run, spend } = machine();
          const background = createBackgroundClock(clock);
          const missed: Gap[] = [];
          const last = new Map<number, number>();
          const began = clock.now();
          for (let nth = 0; nth < timers; nth++) {
            background.every(periodMs, ({ at }) => {
              missed.push({ from: (last.get(nth) ?? began) + periodMs, to: at });
              last.set(nth, at);
              spend(costMs);
            });
          }
          run(5_000);
          const end = clock.now();
          for (const at of last.values()) missed.push({ from: at + periodMs, to: end });
          const isMissed = (at: number) => missed.some(({ from, to }) => from < at && at <= to);
          for (let at = began + 50; at < end; at += 97) {
            const said = 1 - observedMs(at - 1, at, background.missed(end));
            expect({ at: at - began, said }).toEqual({ at: at - began, said: isMissed(at) ? 1 : 0 });
          }
        },
      ),
    );
  });

  it("knows when the process did not run, also before its own timer has called again", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3_000 }),
        fc.integer({ min: 300, max: 100_000 }),
        (runMs, stopMs) => {
          const { clock, run, spend } = machine();
          const background = createBackgroundClock(clock);
          background.every(20, () => {});
          run(runMs);
          const from = clock.now();
          spend(stopMs);
          const to = clock.now();
          for (const look of ["at once", "later"]) {
            const [stop, ...others] = background.stops();
            expect({ look, others }).toEqual({ look, others: [] });
            expect(stop!.from - from).toBeLessThanOrEqual(20);
            expect(stop!.from).toBeGreaterThanOrEqual(from);
            expect(stop!.to - to).toBeLessThanOrEqual(look === "at once" ? 0 : 20);
            run(1_000);
          }
        },
      ),
    );
  });

  it("leaves no timer behind when all of its own are cancelled", () => {
    fc.assert(
      fc.property(fc.array(timer, { minLength: 1, maxLength: 20 }), fc.nat(3_000), (settings, runMs) => {
        const { clock, run, timers } = machine();
        const background = createBackgroundClock(clock);
        const cancels = settings.map(({ firstAt, periodMs }) =>
          periodMs === null
            ? background.after(firstAt, () => {})
            : background.every(periodMs, () => {}, clock.now() + firstAt),
        );
        run(runMs);
        for (const cancel of cancels) cancel();
        expect(timers()).toBe(0);
      }),
    );
  });

  it("forgets cancelled timers", () => {
    const { clock, run } = machine();
    const background = createBackgroundClock(clock);
    let calls = 0;
    for (let nth = 0; nth < 1_000; nth++) background.after(3_600_000, () => calls++)();
    background.after(10, () => calls++);
    run(4_000_000);
    expect(calls).toBe(1);
    expect(background.missed(clock.now())).toEqual([]);
  });
});
