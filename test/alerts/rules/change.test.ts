import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { change } from "../../../src/alerts/rules/change.ts";
import { evaluateSeries, found } from "./series.ts";

const cpus = (values: readonly number[]) => values.map((cpu) => ({ cpu }));
const run = (options: object, ...values: number[]) =>
  evaluateSeries(change, { measure: "cpu", within: "5s", ...options }, cpus(values));

describe("CHANGE", () => {
  const step = [10, 10, 10, 10, 10, 10, 10, 31, 31, 31, 31, 31, 31, 31];

  it("compares with the value of so long ago", () => {
    expect(found(run({ by: 20 }, ...step))).toEqual([7, 8, 9, 10, 11]);
    expect(found(run({ by: 21 }, ...step))).toEqual([]);
    expect(found(run({ percent: 200 }, ...step))).toEqual([7, 8, 9, 10, 11]);
    expect(found(run({ percent: 210 }, ...step))).toEqual([]);
    expect(run({ by: 20 }, ...step)[7]).toMatchObject({
      value: 31,
      limit: 30,
      message: "payment-service: cpu=31.0%, up from 10.0% 5s ago (210%)",
    });
  });

  it("counts the directions that it is told to", () => {
    const fall = step.map((value) => 100 - value);
    expect(found(run({ by: 20, direction: "up" }, ...fall))).toEqual([]);
    expect(found(run({ by: 20, direction: "down" }, ...fall))).toEqual([7, 8, 9, 10, 11]);
    expect(found(run({ by: 20, direction: "down" }, ...step))).toEqual([]);
  });

  it("is the comparison of two values, for any series", () => {
    const values = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 40 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 50 }), (series, by) => {
        const expected = series.flatMap((value, nth) =>
          nth >= 5 && Math.abs(value - series[nth - 5]!) > by ? [nth] : [],
        );
        expect(found(run({ by }, ...series))).toEqual(expected);
      }),
    );
  });

  it("says nothing without a value now or then, and any change from 0 is more than any share of it", () => {
    expect(found(run({ by: 1 }, 10, Number.NaN, 10, 10, 10, 50, 50))).toEqual([5]);
    expect(found(run({ by: 1 }, 10, 10, 10, 10, 10, Number.NaN, 50))).toEqual([6]);
    expect(found(run({ percent: 1_000 }, 0, 0, 0, 0, 0, 0.1))).toEqual([5]);
    expect(found(run({ percent: 1_000 }, 0, 0, 0, 0, 0, 0))).toEqual([]);
  });

  it("compares over a long time with a value that is at most a 64th of it older", () => {
    const rise = Array.from({ length: 2_000 }, (_, second) => second / 100);
    const breaches = evaluateSeries(change, { measure: "cpu", within: "1000s", by: 9.99 }, cpus(rise));
    const first = breaches.findIndex((breach) => breach !== undefined);
    expect(first).toBeGreaterThanOrEqual(1_000);
    expect(first).toBeLessThanOrEqual(1_000 + 1_000 / 64 + 1);
    expect(found(breaches)).toHaveLength(2_000 - first);
  });

  it("finds an earlier value for any span from one evaluation on", () => {
    for (let seconds = 5; seconds < 10; seconds += 0.25) {
      const every = (nth: number) => ({ at: 1_000_000 + nth * 5_000 });
      const options = { measure: "cpu", within: `${seconds}s`, by: 5 };
      const steps = cpus([1, 1, 1, 1, 90]);
      expect(found(evaluateSeries(change, options, steps, every))).toEqual([4]);
    }
  });

  it("forgets what was before a long gap", () => {
    const jump = (nth: number) => ({ at: 1_000_000 + nth * 1_000 + (nth >= 6 ? 60_000 : 0) });
    const breaches = evaluateSeries(
      change,
      { measure: "cpu", within: "5s", by: 5 },
      cpus([1, 1, 1, 1, 1, 1, 90, 90]),
      jump,
    );
    expect(found(breaches)).toEqual([]);
  });
});
