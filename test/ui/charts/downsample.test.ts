import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minMaxPerColumn } from "../../../src/ui/charts/downsample.ts";

const sample = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const samples = fc.array(sample, { minLength: 1, maxLength: 300 });
const columnCount = fc.integer({ min: 1, max: 120 });
const known = (values: Iterable<number>) => [...values].filter((value) => !Number.isNaN(value));

describe("downsampling to minimum and maximum", () => {
  it("keeps the lowest and the highest sample of all", () => {
    fc.assert(
      fc.property(samples, columnCount, (values, columns) => {
        const { min, max } = minMaxPerColumn(values, columns);
        expect([min.length, max.length]).toEqual([columns, columns]);
        expect(Math.max(...known(max))).toBe(Math.max(...known(values)));
        expect(Math.min(...known(min))).toBe(Math.min(...known(values)));
      }),
    );
  });

  it("keeps a spike of one sample in its column, at any position", () => {
    fc.assert(
      fc.property(samples, columnCount, fc.nat(), (values, columns, somewhere) => {
        const place = somewhere % values.length;
        const { max } = minMaxPerColumn(values.with(place, 2e6), columns);
        expect(max[Math.floor((place * columns) / values.length)]).toBe(2e6);
        expect(known(max).filter((value) => value === 2e6)).toHaveLength(1);
      }),
    );
  });

  it("returns only samples of the column, NaN for a column without any", () => {
    fc.assert(
      fc.property(samples, columnCount, (values, columns) => {
        const { min, max } = minMaxPerColumn(values, columns);
        for (let column = 0; column < columns; column++) {
          const own = known(
            values.filter((_, index) => Math.floor((index * columns) / values.length) === column),
          );
          expect(max[column]).toBe(own.length > 0 ? Math.max(...own) : Number.NaN);
          expect(min[column]).toBe(own.length > 0 ? Math.min(...own) : Number.NaN);
        }
      }),
    );
  });
});
