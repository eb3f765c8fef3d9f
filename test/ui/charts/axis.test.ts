import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Measure } from "../../../src/core/measure.ts";
import type { Unit } from "../../../src/core/metric.ts";
import { axisText, scaleOf } from "../../../src/ui/charts/axis.ts";
import { labelEvery } from "../../../src/ui/charts/chart.ts";
import { axisFor } from "../../../src/ui/charts/value-axis.ts";
import { widthOf } from "../../../src/ui/text/line.ts";

const UNITS: readonly Unit[] = [
  "ms",
  "duration",
  "percent",
  "ratio",
  "per_second",
  "count",
  "bytes",
  "bytes_per_second",
  "none",
];
const measure = (unit: Unit, more: Partial<Measure> = {}) => ({ unit, worse: "up", ...more }) as Measure;
/** The labels of the rows that have one. */
const labels = (unit: Unit, high: number, rows: number, low?: number) => {
  const { min, step } = scaleOf(measure(unit), high, rows, low);
  return Array.from({ length: rows + 1 }, (_, row) => row)
    .filter((row) => row % labelEvery(rows) === 0)
    .map((row) => axisText(min + row * step, unit));
};

describe("the axis of a measure", () => {
  it("covers every value of every unit, with distinct labels that fit", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...UNITS),
        fc.double({ min: 1, max: 1e8, noNaN: true }),
        fc.integer({ min: 2, max: 20 }),
        (unit, value, rows) => {
          // Shares have a maximum.
          const high =
            unit === "ratio" ? Math.min(1, value) : unit === "percent" ? Math.min(100, value) : value;
          const scale = scaleOf(measure(unit), high, rows);
          expect(scale.max).toBeGreaterThanOrEqual(high * (1 - 1e-9));
          expect((scale.max - scale.min) / scale.step).toBeCloseTo(rows, 6);
          const texts = labels(unit, high, rows);
          for (const text of texts) expect(widthOf(text)).toBeLessThanOrEqual(unit.startsWith("b") ? 8 : 7);
          expect(new Set(texts).size).toBe(texts.length);
        },
      ),
    );
  });

  it("has steps that are round in its unit", () => {
    expect(labels("duration", 100_000, 5)).toEqual(["0ms", "20s", "40s", "1m", "1m 20s", "1m 40s"]);
    expect(labels("duration", 2000, 4)).toEqual(["0ms", "500ms", "1s", "1.5s", "2s"]);
    expect(labels("bytes", 900 * 1024, 4)).toEqual(["0 B", "250 KiB", "500 KiB", "750 KiB", "1000 KiB"]);
    expect(labels("count", 1, 4)).toEqual(["0", "1", "2", "3", "4"]);
    expect(labels("ratio", 0.1, 2)).toEqual(["0%", "5%", "10%"]);
    expect(labels("none", 10, 4, -10)).toEqual(["-10", "-5", "0", "5", "10"]);
  });

  it("has the minimum height of its measure, and no labels above the maximum", () => {
    expect(scaleOf(measure("ms", { axisAtLeast: 100 }), 40, 5).max).toBe(100);
    expect(axisText(120, "percent", 100)).toBe("");
  });

  it("is logarithmic for times and sizes, up to the limits, and linear for other units", () => {
    const times = axisFor(measure("ms"), [20, 40], [1000], 12);
    expect(times.position(40) - times.position(20)).toBeCloseTo(times.position(80) - times.position(40), 0);
    expect(times.valueAt(12)).toBeGreaterThan(1000);
    const counts = axisFor(measure("count"), [0, 40], [1000], 8);
    expect(counts.position(40) - counts.position(20)).toBeCloseTo(
      counts.position(20) - counts.position(0),
      6,
    );
    expect(counts.valueAt(8)).toBeLessThan(110);
  });
});
