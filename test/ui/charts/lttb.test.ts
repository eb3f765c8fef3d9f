import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lttb } from "../../../src/ui/charts/lttb.ts";

const evenly = (count: number) => Float64Array.from({ length: count }, (_, place) => place);
const values = fc
  .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 300 })
  .map((list) => Float64Array.from(list));

describe("largest triangle three buckets", () => {
  it("keeps the given number of points in order, including the first and the last", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 60 }), (y, most) => {
        const kept = [...lttb(evenly(y.length), y, most)];
        expect(kept).toHaveLength(Math.min(most, y.length));
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
        if (y.length === 0) return;
        expect(kept[0]).toBe(0);
        expect(kept.at(-1)).toBe(y.length - 1);
      }),
    );
  });

  it("keeps every point if there are not more than requested", () => {
    fc.assert(
      fc.property(values, fc.nat(100), (y, more) => {
        expect(lttb(evenly(y.length), y, y.length + more)).toEqual(
          Uint32Array.from({ length: y.length }, (_, place) => place),
        );
      }),
    );
  });

  it("takes one point from each bucket between the ends", () => {
    const y = Float64Array.from({ length: 102 }, (_, place) => Math.sin(place / 5));
    const kept = [...lttb(evenly(102), y, 12)];
    for (const [run, place] of kept.slice(1, -1).entries()) {
      expect(Math.floor((place - 1) / 10)).toBe(run);
    }
  });

  it("selects by the area of the triangles, as calculated by hand", () => {
    // Buckets {1,2} and {3,4}: the mean after the first is (3.5, 0.5); 2 makes the larger triangle with (0,
    // 0).
    // From (2, -4) to the last point (5, 0), 3 makes the larger one.
    expect([...lttb(evenly(6), Float64Array.of(0, 1, -4, 1, 0, 0), 4)]).toEqual([0, 2, 3, 5]);
    // The mean after the first bucket is (6, 3), halfway between 3 and 9: with either of them alone it would
    // be 2.
    expect([...lttb(Float64Array.of(0, 1, 2, 3, 9, 10), Float64Array.of(0, 1.6, 0, 3, 3, 0), 4)]).toEqual([
      0, 1, 4, 5,
    ]);
    // Equal heights, but the first is on the line between the ends and the second far from it.
    expect([...lttb(Float64Array.of(0, 1, 9, 10), Float64Array.of(0, 1, 1, 10), 3)]).toEqual([0, 2, 3]);
  });

  it("keeps the top of a narrow peak that every nth point would miss", () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 480 }), fc.integer({ min: 8, max: 40 }), (middle, most) => {
        const count = 500;
        const y = Float64Array.from({ length: count }, (_, place) =>
          Math.max(0, 100 - 25 * Math.abs(place - middle)),
        );
        const highest = (places: Iterable<number>) => Math.max(...Array.from(places, (place) => y[place]!));
        const every = Array.from({ length: most }, (_, nth) => Math.round((nth * (count - 1)) / (most - 1)));
        expect(highest(lttb(evenly(count), y, most))).toBeGreaterThanOrEqual(highest(every));
        // A peak across the border of two buckets can lose its exact top, but not its height.
        expect(highest(lttb(evenly(count), y, most))).toBeGreaterThanOrEqual(75);
      }),
    );
  });
});
