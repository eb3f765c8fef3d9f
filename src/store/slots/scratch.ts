import type { ByteCount } from "../byte-count.ts";
import { BucketSum } from "../histogram/bucket-sum.ts";
import { SparseCounts } from "../histogram/sparse-counts.ts";
import { Totals } from "../histogram/totals.ts";

/** Memory in which one slot of one series is put together; one for the whole store. */
export class Scratch {
  readonly totals = new Totals();
  readonly sparse = new SparseCounts();
  readonly sum: BucketSum;

  constructor(byteCount: ByteCount) {
    this.sum = new BucketSum(byteCount);
  }
}
