import { describe, expect, it } from "vitest";
import {
  ABOVE,
  BELOW,
  bucketHigh,
  bucketIndex,
  bucketLow,
  HIGHEST,
  LOWEST,
  representative,
} from "../../../src/store/histogram/histogram-layout.ts";

const scratch = new Float64Array(1);
const bits = new BigUint64Array(scratch.buffer);
/** The smallest number that is more than `value`. */
function justAbove(value: number): number {
  scratch[0] = value;
  bits[0] = bits[0]! + 1n;
  return scratch[0]!;
}

describe("histogram layout", () => {
  it("covers 1 us to 1 h", () => {
    expect(LOWEST).toBeLessThanOrEqual(0.001);
    expect(HIGHEST).toBeGreaterThan(3_600_000);
  });

  it("puts both edges of every bucket in that bucket, within 1 % of its representative", () => {
    let worst = 0;
    for (let index = BELOW + 1; index < ABOVE; index++) {
      const first = justAbove(bucketLow(index));
      const last = bucketHigh(index);
      expect(bucketIndex(first)).toBe(index);
      expect(bucketIndex(last)).toBe(index);
      worst = Math.max(worst, representative(index) / first - 1, 1 - representative(index) / last);
    }
    expect(worst).toBeLessThanOrEqual(0.00776);
    expect(worst).toBeGreaterThan(0.0077);
  });

  it("has no gap between buckets", () => {
    expect(bucketLow(BELOW)).toBe(0);
    for (let index = BELOW; index < ABOVE; index++) expect(bucketHigh(index)).toBe(bucketLow(index + 1));
    expect(bucketHigh(ABOVE)).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([0, -0, Number.MIN_VALUE, LOWEST])("counts %d below the range", (ms) => {
    expect(bucketIndex(ms)).toBe(BELOW);
  });

  it.each([justAbove(HIGHEST), 1e9, Number.MAX_VALUE])("counts %d above the range", (ms) => {
    expect(bucketIndex(ms)).toBe(ABOVE);
  });
});

it("represents what is below the range by 0, and everything above BELOW by a value of its bucket", () => {
  expect(representative(BELOW)).toBe(0);
  for (let index = BELOW + 1; index < ABOVE; index++) {
    expect(representative(index)).toBeGreaterThan(bucketLow(index));
    expect(representative(index)).toBeLessThan(bucketHigh(index));
  }
  expect(representative(ABOVE)).toBe(Number.POSITIVE_INFINITY);
});
