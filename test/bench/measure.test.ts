import { expect, test } from "vitest";
import { nearestRank, seconds } from "../../bench/latencies.ts";
import { interleaved, middle } from "../../bench/measure.ts";

test("all run in each round, and the first round does not count", () => {
  const order: string[] = [];
  const a = [900, 3, 1, 2];
  const b = [800, 6, 5, 4];
  const medians = interleaved(3, [
    () => {
      order.push("a");
      return a.shift()!;
    },
    () => {
      order.push("b");
      return b.shift()!;
    },
  ]);
  expect(medians).toEqual([2, 5]);
  expect(order.join("")).toBe("abababab");
});

test("the median of nothing is NaN", () => {
  expect(middle([])).toBeNaN();
  expect(middle([10, 9, 100])).toBe(10);
});

test("the nearest rank is one of the values", () => {
  const sorted = Float64Array.of(1, 2, 3);
  expect([0, 33, 34, 50, 67, 99, 100].map((percent) => nearestRank(sorted, percent))).toEqual([
    1, 1, 2, 2, 3, 3, 3,
  ]);
});

test("seconds contain all latencies in order", () => {
  const parts = seconds(Float64Array.of(1, 2, 3, 4, 5), 2);
  expect(parts.map((part) => [...part])).toEqual([[1, 2], [3, 4], [5]]);
});
