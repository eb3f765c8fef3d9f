import { expect, test } from "vitest";
import { exponentialPercentile } from "../../../bench/store/exponential-percentile.ts";

/** Scale 0: buckets are (1, 2], (2, 4], (4, 8]. */
const histogram = {
  count: 10,
  scale: 0,
  zeroCount: 1,
  positive: { offset: 0, bucketCounts: [4, 0, 5] },
  negative: { offset: 0, bucketCounts: [] },
  min: 0,
  max: 5,
};

test("a percentile lies in the bucket of its rank", () => {
  expect(exponentialPercentile(histogram, 10)).toBe(0);
  expect(exponentialPercentile(histogram, 11)).toBeCloseTo(4 / 3);
  expect(exponentialPercentile(histogram, 50)).toBeCloseTo(4 / 3);
});

test("it is never beyond the extremes", () => {
  expect(exponentialPercentile(histogram, 51)).toBe(5);
  expect(exponentialPercentile({ ...histogram, zeroCount: 0, count: 9, min: 1.9 }, 10)).toBe(1.9);
});

test("a higher scale halves the width of a bucket's logarithm, and the offset moves it", () => {
  const finer = { ...histogram, scale: 1, positive: { offset: 3, bucketCounts: [10] }, zeroCount: 0 };
  const [low, high] = [2 ** 1.5, 2 ** 2];
  expect(exponentialPercentile(finer, 50)).toBeCloseTo((2 * low * high) / (low + high));
});
