import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FLEET } from "../../../src/store/index.ts";
import { at, seriesOf, startStore, windowOf } from "../harness.ts";
import { exactPercentile } from "../reference.ts";

const BOUNDS = [0, 5, 10, 25, 50, 100, 250, 500, 1000];

/** Values as another system counts them: in buckets with inclusive upper bounds. */
function counted(values: readonly number[], bounds: readonly number[]): number[] {
  const counts = new Array<number>(bounds.length + 1).fill(0);
  for (const value of values) {
    const nth = bounds.findIndex((bound) => value <= bound);
    counts[nth < 0 ? bounds.length : nth]! += 1;
  }
  return counts;
}

describe("recorded buckets", () => {
  it("keep their total and sum, and every percentile within its foreign bucket", () => {
    const bounds = fc
      .uniqueArray(fc.double({ min: 0.001, max: 5000, noNaN: true }), { minLength: 1, maxLength: 20 })
      .map((all) => all.sort((a, b) => a - b));
    const values = fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(bounds, values, fc.constantFrom(1, 7, 400), (edges, all, times) => {
        const { store, api } = startStore();
        const counts = counted(all, edges).map((count) => count * times);
        const sum = all.reduce((total, value) => total + value, 0) * times;
        expect(api.recordBuckets(at(0.5), edges, counts, sum)).toBe(true);
        for (const seconds of [1, 3]) {
          store.advance(at(seconds));
          for (const entity of ["api", FLEET]) {
            const window = windowOf(store, entity, 5000, at(seconds));
            expect(window.count).toBe(all.length * times);
            expect(window.mean).toBeCloseTo(sum / window.count, 5);
            const kept = store.distribution(seriesOf(store, entity), 5000, at(seconds));
            expect(kept.reduce((total, { count }) => total + count, 0)).toBe(window.count);
            for (const [name, percent] of [
              ["p50", 50],
              ["p90", 90],
              ["p99", 99],
            ] as const) {
              const exact = exactPercentile(all, percent);
              const nth = edges.findIndex((bound) => exact <= bound);
              const low = nth === 0 ? 0 : nth < 0 ? edges.at(-1)! : edges[nth - 1]!;
              const high = nth < 0 ? low : edges[nth]!;
              expect(window.percentiles[name]).toBeGreaterThanOrEqual(low * 0.992);
              expect(window.percentiles[name]).toBeLessThanOrEqual(high * 1.008);
            }
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it("are interpolated evenly within their bounds", () => {
    const { store, api } = startStore();
    api.recordBuckets(at(0.5), BOUNDS, [0, 0, 0, 0, 0, 1000, 0, 0, 0, 0]);
    store.advance(at(1));
    const { percentiles, min, max, mean } = windowOf(store, "api", 5000, at(1));
    expect(Math.abs(percentiles.p50 - 75)).toBeLessThan(75 * 0.01);
    expect(Math.abs(percentiles.p90 - 95)).toBeLessThan(95 * 0.01);
    expect({ min, max, mean }).toEqual({ min: 50, max: 100, mean: 75 });
  });

  it("add up with single values and with each other", () => {
    const { store, api } = startStore();
    for (let n = 0; n < 300; n++) api.record(at(0.5), 7.5);
    for (let n = 0; n < 3; n++) api.recordBuckets(at(0.5), [7, 8], [0, 255, 0]);
    for (let n = 0; n < 300; n++) api.record(at(0.5), 7.5);
    store.advance(at(1));
    const buckets = store.distribution(seriesOf(store, "api"), 5000, at(1));
    expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(600 + 3 * 255);
    expect(windowOf(store, "api", 5000, at(1))).toMatchObject({ count: 600 + 3 * 255, min: 7, max: 8 });
  });

  it("without bounds count at their mean, above the last bound at it, and empty ones as seen", () => {
    const { store, api } = startStore();
    expect(api.recordBuckets(at(0.5), BOUNDS, new Array<number>(10).fill(0))).toBe(true);
    expect(store.lastSeen("api")).toBe(at(0.5));
    store.advance(at(1));
    expect(windowOf(store, "api", 5000, at(1)).count).toBe(0);
    expect(api.recordBuckets(at(1.5), [], [4], 200)).toBe(true);
    store.advance(at(2));
    expect(windowOf(store, "api", 5000, at(2))).toMatchObject({
      count: 4,
      mean: 50,
      percentiles: { p50: 50 },
    });
    expect(api.recordBuckets(at(2.5), [1, 1000], [0, 0, 96])).toBe(true);
    store.advance(at(3));
    expect(windowOf(store, "api", 5000, at(3))).toMatchObject({
      count: 100,
      max: 1000,
      percentiles: { p90: 1000 },
    });
  });

  it.each<[string, number[], number[], number?]>([
    ["a negative count", [1, 2], [1, -1, 0]],
    ["a count with a fraction", [1, 2], [1, 0.5, 0]],
    ["a count that is not a number", [1, 2], [1, Number.NaN, 0]],
    ["more than a slot can hold", [1, 2], [2 ** 31, 0, 0]],
    ["bounds that do not rise", [2, 2], [1, 1, 0]],
    ["a bound that is not a number", [1, Number.NaN], [1, 1, 0]],
    ["an infinite bound", [1, Number.POSITIVE_INFINITY], [1, 1, 0]],
    ["too few counts", [1, 2], [1, 1]],
    ["a negative sum", [1, 2], [1, 1, 0], -1],
    ["a sum that is not a number", [1, 2], [1, 1, 0], Number.NaN],
    ["values below the range", [-1, 2], [1, 0, 0]],
    ["values above the range", [1e9, 2e9], [0, 1, 0]],
  ])("reject %s, and count it", (_, bounds, counts, sum) => {
    const { store, api } = startStore();
    expect(api.recordBuckets(at(0.5), bounds, counts, sum)).toBe(false);
    expect(store.self().rejected).toBe(1);
    expect(windowOf(store, "api", 5000, at(1)).count).toBe(0);
    expect(api.recordBuckets(at(-100), [1], [1, 1])).toBe(false);
    expect(store.self()).toMatchObject({ rejected: 1, late: 1 });
  });
});
