import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RuleMemory } from "../../../src/alerts/rule-memory.ts";
import { anomaly } from "../../../src/alerts/rules/anomaly.ts";
import { createRandom } from "../../../src/core/random.ts";
import { evaluateSeries, found } from "./series.ts";

const run = (values: readonly number[], options: object = {}) =>
  evaluateSeries(
    anomaly,
    { measure: "p50", every: "1s", ...options },
    values.map((p50) => ({ p50, requests: 100 })),
  );
const times = (count: number, value: number) => Array<number>(count).fill(value);

/** 100 ± 5, not autocorrelated. */
function noise(count: number, seed: number): number[] {
  const random = createRandom(seed, "noise");
  return Array.from({ length: count }, () => random.normal(100, 5));
}

describe("ANOMALY", () => {
  it("is a value that is more than z standard deviations from the mean, as computed apart", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.double({ min: 20, max: 200, noNaN: true }),
        (seed, last) => {
          const past = noise(40, seed);
          // The newest value has not joined the baseline yet, and none of the others may be an anomaly.
          const baseline = past.slice(0, -1);
          fc.pre(found(run(past, { direction: "either" })).length === 0);
          const mean = baseline.reduce((sum, value) => sum + value, 0) / baseline.length;
          const variance =
            baseline.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (baseline.length - 1);
          const z = Math.abs(last - mean) / Math.max(Math.sqrt(variance), mean / 100);
          fc.pre(Math.abs(z - 3) > 1e-6);
          expect(found(run([...past, last], { direction: "either" })).length > 0).toBe(z > 3);
        },
      ),
    );
  });

  it("says nothing before the baseline is known", () => {
    // The newest value waits one step before it joins.
    expect(found(run([...times(20, 100), 900]))).toEqual([]);
    expect(found(run([...times(21, 100), 900]))).toEqual([21]);
    expect(found(run([...times(9, 100), 900, 900], { min_baseline: 8 }))).toEqual([9, 10]);
  });

  it("takes a constant series to vary by 1 % of its value, and after zeros any other value is an anomaly", () => {
    expect(found(run([...times(30, 200), 205.9]))).toEqual([]);
    const [breach] = run([...times(30, 200), 206.3]).slice(-1);
    expect(breach?.message).toBe("payment-service: p50=206ms is 3.2 standard deviations above 200ms ± 2.0ms");
    const [first] = run([...times(30, 0), 0.5]).slice(-1);
    expect(first?.message).toContain("is far above 0ms");
    expect(found(run(times(100, 0)))).toEqual([]);
  });

  it("counts the worse direction of the measure unless told otherwise", () => {
    expect(found(run([...noise(40, 1), 10]))).toEqual([]);
    expect(found(run([...noise(40, 1), 10], { direction: "down" }))).toEqual([40]);
  });

  it("does not get used to an anomaly at once, but does when it lasts as long as the baseline", () => {
    const breaches = found(run([...noise(70, 2), ...noise(80, 3).map((value) => value + 200)]));
    const early = breaches.filter((nth) => nth < 70);
    expect(early.length).toBeLessThanOrEqual(1);
    expect(breaches.filter((nth) => nth >= 70)).toEqual(Array.from({ length: 60 }, (_, nth) => nth + 70));
  });

  it("leaves out the value before an anomaly, which may be its beginning", () => {
    const [, after] = run([...times(30, 200), 205, 900, 900, 200, 200, 900]).filter(
      (breach) => breach !== undefined,
    );
    expect(after?.limit).toBe(206);
    const last = run([...times(30, 200), 205, 900, 900, 200, 200, 900]).at(-1);
    expect(last?.limit).toBe(206);
  });

  it("is not blind to a second anomaly after a first one", () => {
    const burst = times(10, 400);
    const calm = noise(30, 5).map((value) => Math.min(112, Math.max(88, value)));
    const breaches = found(run([...calm, ...calm, ...burst, ...calm, ...burst]));
    expect(breaches.filter((nth) => nth >= 60 && nth < 70)).toHaveLength(10);
    expect(breaches.filter((nth) => nth >= 100)).toHaveLength(10);
  });

  it("takes values as often as it is told, in fixed memory", () => {
    const memory = new RuleMemory();
    const options = { measure: "p50", every: "10s", min_baseline: 5 };
    const steps = (values: number[]) => values.map((p50) => ({ p50 }));
    expect(
      found(evaluateSeries(anomaly, options, steps([...times(55, 100), 900]), undefined, memory)),
    ).toEqual([55]);
    expect(memory.size).toBe(1);
    expect(found(evaluateSeries(anomaly, options, steps([...times(48, 100), 900])))).toEqual([]);
  });

  it("says nothing of unknown values or too few samples", () => {
    expect(found(run([...times(30, 100), Number.NaN]))).toEqual([]);
    const few = [...times(30, 100), 900].map((p50, nth) => ({ p50, latencies: nth === 30 ? 9 : 100 }));
    const options = { measure: "p50", every: "1s", min_samples: 10 };
    expect(found(evaluateSeries(anomaly, options, few))).toEqual([]);
  });
});
