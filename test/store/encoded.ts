import { SlotEncoder } from "../../src/store/slot-codec.ts";
import { SparseCounts } from "../../src/store/sparse-counts.ts";

/** A histogram as a closed slot keeps it, from its (bucket, count) pairs, rising. */
export function encoded(pairs: readonly (readonly [index: number, count: number])[]): SlotEncoder {
  const sparse = new SparseCounts();
  pairs.forEach(([index, count], nth) => {
    sparse.indexes[nth] = index;
    sparse.counts[nth] = count;
  });
  sparse.size = pairs.length;
  const encoder = new SlotEncoder();
  encoder.encode(sparse);
  return encoder;
}
