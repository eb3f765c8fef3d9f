import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Histogram } from "../../../src/store/histogram/histogram.ts";
import { ABOVE, BELOW, BUCKETS } from "../../../src/store/histogram/histogram-layout.ts";
import { encodeCounts, MOST_BYTES } from "../../../src/store/histogram/slot-codec.ts";
import { SparseCounts } from "../../../src/store/histogram/sparse-counts.ts";
import { sparseOf } from "./sparse.ts";

const START = 7;
const bytes = new Uint8Array(START + MOST_BYTES);

const buckets = fc
  .uniqueArray(
    fc.tuple(
      fc.integer({ min: BELOW, max: ABOVE }),
      fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 2 ** 31 - 1 })),
    ),
    { selector: ([index]) => index, maxLength: 60 },
  )
  .map((pairs) => pairs.sort(([a], [b]) => a - b));

function bucketsOf(histogram: Histogram): [number, number][] {
  const sparse = new SparseCounts();
  histogram.gather(sparse);
  return Array.from({ length: sparse.size }, (_, nth) => [sparse.indexes[nth]!, sparse.counts[nth]!]);
}

describe("slot codec", () => {
  it("gives back what was written, and takes it away again", () => {
    fc.assert(
      fc.property(buckets, (pairs) => {
        const end = encodeCounts(sparseOf(pairs), bytes, START);
        const histogram = new Histogram({ bytes: 0 });
        histogram.addEncoded(bytes, START, end - START, 1);
        expect(bucketsOf(histogram)).toEqual(pairs);
        histogram.addEncoded(bytes, START, end - START, -1);
        expect(bucketsOf(histogram)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("takes one byte a bucket for near neighbours with small counts", () => {
    const neighbours = Array.from({ length: 10 }, (_, nth) => [nth * 15, 15] as const);
    expect(encodeCounts(sparseOf(neighbours), bytes, 0)).toBe(10);
  });

  it("has room for the longest histogram there can be", () => {
    const longest = Array.from({ length: BUCKETS }, (_, index) => [index, 2 ** 31 - 1] as const);
    expect(encodeCounts(sparseOf(longest), bytes, 0)).toBeLessThan(MOST_BYTES);
  });
});
