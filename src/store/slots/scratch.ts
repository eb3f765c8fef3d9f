import type { ByteCount } from "../byte-count.ts";
import { Histogram } from "../histogram/histogram.ts";
import { SparseCounts } from "../histogram/sparse-counts.ts";
import { Totals } from "../histogram/totals.ts";

/** Memory in which one slot of one series is put together; one for the whole store. */
export class Scratch {
  readonly totals = new Totals();
  readonly sparse = new SparseCounts();
  readonly histogram: Histogram;

  constructor(byteCount: ByteCount) {
    this.histogram = new Histogram(byteCount);
  }
}
