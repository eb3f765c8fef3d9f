import { SparseCounts } from "../../../src/store/histogram/sparse-counts.ts";

/** The non-empty buckets of a slot from its (bucket, count) pairs, rising. */
export function sparseOf(pairs: readonly (readonly [index: number, count: number])[]): SparseCounts {
  const sparse = new SparseCounts();
  pairs.forEach(([index, count], nth) => {
    sparse.indexes[nth] = index;
    sparse.counts[nth] = count;
  });
  sparse.size = pairs.length;
  return sparse;
}
