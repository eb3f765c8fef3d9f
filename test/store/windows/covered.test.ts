import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Covered, createStore, type HistogramWindow, tiersFor } from "../../../src/store/index.ts";
import { gauge, LATENCY, REQUESTS, START, seriesOf } from "../harness.ts";

/** Short tiers, so that every tier answers within a short run. */
const tiersOf = (slotMs: number) => [
  { slotMs, keepMs: 30_000 },
  { slotMs: 5000, keepMs: 120_000 },
  { slotMs: 15_000, keepMs: 900_000 },
];

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant("record" as const), offset: fc.integer({ min: -900, max: 900 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("advance" as const),
      by: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 1, max: 2500 }) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 60_000 }) },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("ask" as const),
      windowMs: fc.integer({ min: 1, max: 40_000 }),
      back: fc.integer({ min: 0, max: 30_000 }),
    }),
  },
);

interface Asked {
  readonly windowMs: number;
  readonly at: number;
  covered: Covered;
  window: HistogramWindow;
  level: number;
}

describe("a window", () => {
  it("is whole slots that ended by its instant, and the same until these are dropped, then one of longer slots", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1000, 500, 250),
        fc.array(step, { minLength: 40, maxLength: 250 }),
        (slotMs, steps) => {
          const store = createStore({ tiers: tiersOf(slotMs) });
          store.advance(START);
          const recorder = store.recorder("api");
          const [values, counts, level] = [
            recorder.histogram(LATENCY),
            recorder.counter(REQUESTS),
            recorder.gauge(gauge("level")),
          ];
          const [histogram, counter, levels] = [LATENCY.name, REQUESTS.name, "level"].map((name) =>
            seriesOf(store, "api", name),
          );
          let now = START;
          const asked: Asked[] = [];
          const answer = (windowMs: number, at: number): Asked => ({
            windowMs,
            at,
            covered: store.covered("api", windowMs, at),
            window: store.histogram(histogram!, windowMs, at),
            level: store.gauge(levels!, windowMs, at).last,
          });
          const check = (question: Asked) => {
            const { windowMs, at, covered, window } = question;
            const { fromMs, toMs, slotMs: length } = covered;
            expect(toMs).toBeLessThanOrEqual(at);
            expect(at - toMs).toBeLessThan(length);
            expect(Math.abs(toMs - fromMs - windowMs)).toBeLessThanOrEqual(length);
            expect([toMs % slotMs, fromMs % length]).toEqual([0, 0]);
            // Each value is its own instant: none may be later than the window.
            if (window.count > 0) expect(START + window.max).toBeLessThanOrEqual(toMs);
            const { increase, rate } = store.counter(counter!, windowMs, at);
            expect({ increase, rate }).toEqual({ increase: window.count, rate: window.rate });
            const seconds = Math.max(1, (toMs - Math.max(fromMs, START)) / 1000);
            expect(window.rate).toBeCloseTo(window.count / seconds, 9);
          };
          for (const each of steps) {
            if (each.do === "advance") {
              now += each.by;
              store.advance(now);
              for (const question of asked) {
                const again = answer(question.windowMs, question.at);
                const { slotMs: length, toMs } = question.covered;
                if (again.covered.slotMs === length && again.covered.toMs === toMs) {
                  expect(again).toEqual(question);
                } else {
                  // Only a slot that it needed can have gone: it is older by now than the finest are kept.
                  expect(now - (again.covered.fromMs - 15_000)).toBeGreaterThan(30_000);
                  expect(again.covered.slotMs).toBeGreaterThanOrEqual(length);
                  expect(again.covered.toMs).toBeLessThanOrEqual(toMs);
                  Object.assign(question, again);
                  check(question);
                }
              }
            } else if (each.do === "record") {
              const at = Math.max(START, now + each.offset);
              if (values.record(at, at - START)) {
                counts.add(at, 1);
                level.set(at, at);
              }
            } else {
              const question = answer(each.windowMs, Math.max(START, now - each.back));
              check(question);
              asked.push(question);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("that ends at a tick has exactly the length that was asked for, for any tick that a handy slot divides", () => {
    const tick = fc.oneof(
      fc.integer({ min: 1, max: 40 }).map((n) => n * 100),
      fc.integer({ min: 1, max: 20 }).map((n) => n * 250),
    );
    fc.assert(
      fc.property(tick, fc.integer({ min: 1, max: 60 }), fc.nat({ max: 500 }), (tickMs, seconds, ticks) => {
        const store = createStore({ tiers: tiersFor(tickMs) });
        const at = (Math.floor(START / tickMs) + ticks) * tickMs;
        store.advance(at);
        expect(store.covered("api", seconds * 1000, at)).toMatchObject({
          fromMs: at - seconds * 1000,
          toMs: at,
        });
      }),
    );
  });
});
