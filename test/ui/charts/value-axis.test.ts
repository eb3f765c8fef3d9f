import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logAxis } from "../../../src/ui/charts/value-axis.ts";

const range = fc
  .tuple(fc.double({ min: 0, max: 1e5, noNaN: true }), fc.double({ min: 0, max: 1e7, noNaN: true }))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

describe("a logarithmic axis", () => {
  it("places every value inside, in order, and returns the value of a row", () => {
    fc.assert(
      fc.property(range, fc.integer({ min: 2, max: 30 }), ([low, high], rows) => {
        const axis = logAxis(low, high, rows);
        const middle = Math.sqrt(Math.max(0.001, low) * Math.max(0.001, high));
        const places = [low, middle, high].map(axis.position);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        for (const place of places) expect(place).toBeGreaterThanOrEqual(0);
        for (const place of places) expect(place).toBeLessThanOrEqual(rows);
        expect(axis.valueAt(axis.position(middle)) / middle).toBeCloseTo(1, 6);
      }),
    );
  });

  it("labels rows with round numbers at the position of that value", () => {
    const axis = logAxis(34, 1240, 12);
    const labels = Array.from({ length: 13 }, (_, row) => [row, axis.labelAt(row)] as const);
    const said = labels.filter(([, label]) => label !== "");
    expect(said.map(([, label]) => label)).toEqual(
      "20 30 50 70 100 150 200 300 500 700 1,000 1,500".split(" "),
    );
    for (const [row, label] of said)
      expect(Math.round(axis.position(Number(label.replace(",", ""))))).toBe(row);
  });

  it("keeps its start while the lowest value changes a little", () => {
    for (const low of [20, 28, 34, 49]) expect(logAxis(low, 1000, 12).labelAt(0)).toBe("20");
  });

  it("keeps unknown values unknown, and clamps values at its ends", () => {
    const axis = logAxis(10, 1000, 8);
    expect(axis.position(Number.NaN)).toBeNaN();
    expect([axis.position(0), axis.position(1e9)]).toEqual([0, 8]);
  });
});
