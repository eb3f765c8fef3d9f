import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Histogram } from "../../src/store/histogram.ts";
import { ABOVE, BELOW, BUCKETS } from "../../src/store/histogram-layout.ts";
import { encoded } from "./encoded.ts";

const buckets = fc
  .uniqueArray(
    fc.tuple(
      fc.integer({ min: BELOW, max: ABOVE }),
      fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 2 ** 31 - 1 })),
    ),
    { selector: ([index]) => index, maxLength: 60 },
  )
  .map((pairs) => pairs.sort(([a], [b]) => a - b));

describe("slot codec", () => {
  it("gives back what was written, and takes it away again", () => {
    fc.assert(
      fc.property(buckets, (pairs) => {
        const encoder = encoded(pairs);
        const histogram = new Histogram({ bytes: 0 });
        histogram.addEncoded(encoder.bytes, 0, encoder.length, 1);
        const read: [number, number][] = [];
        for (let index = 0; index < BUCKETS; index++) {
          if (histogram.countAt(index) > 0) read.push([index, histogram.countAt(index)]);
        }
        expect(read).toEqual(pairs);
        histogram.addEncoded(encoder.bytes, 0, encoder.length, -1);
        expect(pairs.map(([index]) => histogram.countAt(index))).toEqual(pairs.map(() => 0));
      }),
      { numRuns: 200 },
    );
  });

  it("takes one byte a bucket for near neighbours with small counts", () => {
    const encoder = encoded(Array.from({ length: 10 }, (_, nth) => [nth * 15, 15]));
    expect(encoder.length).toBe(10);
  });

  it("has room for the longest histogram there can be", () => {
    const encoder = encoded(Array.from({ length: BUCKETS }, (_, index) => [index, 2 ** 31 - 1]));
    expect(encoder.length).toBeLessThan(encoder.bytes.length);
  });
});
