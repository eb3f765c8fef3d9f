import { expect } from "vitest";
import type { WindowStats } from "../../src/core/reading.ts";
import type { exactStats } from "./reference.ts";

/** Counts, shares and extremes exact; the mean to a nanosecond a slot; percentiles within 1 %. */
export function expectStats(actual: WindowStats, exact: ReturnType<typeof exactStats>): void {
  expect(actual).toMatchObject({
    requestCount: exact.requestCount,
    errorCount: exact.errorCount,
    errorRate: exact.errorRate,
    checkCount: exact.checkCount,
    failedCheckCount: exact.failedCheckCount,
    min: exact.min,
    max: exact.max,
  });
  if (exact.availability === undefined) expect(actual.availability).toBeUndefined();
  else expect(actual.availability).toBeCloseTo(exact.availability, 9);
  expect(Math.abs(actual.mean - exact.mean)).toBeLessThanOrEqual(1e-5 + exact.mean * 1e-9);
  for (const name of ["p50", "p90", "p95", "p99", "p999"] as const) {
    expect(
      Math.abs(actual[name] - exact[name]),
      `${name} ${actual[name]} for ${exact[name]}`,
    ).toBeLessThanOrEqual(0.01 * exact[name]);
  }
}
