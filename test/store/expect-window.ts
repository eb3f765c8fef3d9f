import { expect } from "vitest";
import { PERCENTILES } from "../../src/core/measure.ts";
import type { HistogramWindow } from "../../src/store/index.ts";
import type { exactWindow } from "./reference.ts";

/** Counts and extremes exact; the mean to a nanosecond a slot; percentiles within 1 %. */
export function expectWindow(actual: HistogramWindow, exact: ReturnType<typeof exactWindow>): void {
  const { count, min, max } = exact;
  expect(actual).toMatchObject({ count, min, max });
  if (count === 0) {
    expect(actual.mean).toBeNaN();
    for (const name of PERCENTILES) expect(actual.percentiles[name]).toBeNaN();
    return;
  }
  expect(Math.abs(actual.mean - exact.mean)).toBeLessThanOrEqual(1e-5 + exact.mean * 1e-9);
  for (const name of PERCENTILES) {
    const [found, wanted] = [actual.percentiles[name], exact.percentiles[name]];
    expect(Math.abs(found - wanted), `${name} ${found} for ${wanted}`).toBeLessThanOrEqual(0.01 * wanted);
  }
}
