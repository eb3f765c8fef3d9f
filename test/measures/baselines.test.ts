import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { service } from "../../src/kinds/service.ts";
import { createBaselines } from "../../src/measures/baselines.ts";

const WINDOW_MS = 15_000;
const TICK_MS = 500;

/** Follows a p99 over time. */
function follow(windowMs = WINDOW_MS) {
  const baselines = createBaselines(service, "a-service", windowMs)!;
  let at = 0;
  let values: Record<string, number> = {};
  return {
    run(seconds: number, p99: number | (() => number), isHealthy = true) {
      for (const end = at + seconds * 1000; at < end; at += TICK_MS) {
        values = { p99: typeof p99 === "number" ? p99 : p99() };
        baselines.follow(values, at, isHealthy);
      }
      return { usual: values.p99_usual!, rise: values.p99_rise! };
    },
  };
}

describe("the usual value of a measure", () => {
  it("is unknown for the first two minutes", () => {
    expect(follow().run(119, 30).usual).toBeNaN();
    expect(follow().run(119, 30).rise).toBeNaN();
    expect(follow().run(170, 30).usual).toBe(30);
  });

  it("is the median of the last ten minutes: a spike changes little, a new level much after five minutes", () => {
    const { run } = follow();
    run(600, 30);
    run(30, 3000);
    expect(run(1, 30).usual).toBe(30);
    run(270, 200);
    expect(run(1, 200).usual).toBe(30);
    expect(run(120, 200).usual).toBe(200);
  });

  it("does not learn from a fault, however long, nor from its beginning", () => {
    const { run } = follow();
    run(300, 30);
    run(2, 900);
    run(3_000, 900, false);
    expect(run(1, 900, false)).toEqual({ usual: 30, rise: 900 / 50 });
    expect(run(1, 30).usual).toBe(30);
  });

  it("takes a level that has lasted for an hour for the usual one", () => {
    const { run } = follow();
    run(300, 30);
    expect(run(3_500, 900, false).usual).toBe(30);
    expect(run(500, 900, false).usual).toBe(900);
  });

  it("is learned by an entity that has other problems all the time", () => {
    expect(follow().run(200, 30, false).usual).toBe(30);
  });

  it("counts a rise from at least 50 ms: 2 ms -> 7 ms is none", () => {
    const { run } = follow();
    run(300, 2);
    expect(run(1, 7).rise).toBeCloseTo(7 / 50);
    const slow = follow();
    slow.run(300, 200);
    expect(slow.run(1, 700).rise).toBeCloseTo(3.5);
  });

  it("never leaves the range of the values it has seen", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 10_000, noNaN: true }), { minLength: 300, maxLength: 600 }),
        fc.integer({ min: 1_000, max: 120_000 }),
        (values, windowMs) => {
          const { run } = follow(windowMs);
          let next = 0;
          const { usual } = run(600, () => values[next++ % values.length]!);
          expect(usual).toBeGreaterThanOrEqual(Math.min(...values));
          expect(usual).toBeLessThanOrEqual(Math.max(...values));
        },
      ),
      { numRuns: 20 },
    );
  });
});
