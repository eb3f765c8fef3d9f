import { BUCKETS } from "./histogram-layout.ts";

/** The non-empty buckets of one slot, rising: a list to be passed on while it is in the processor's cache. */
export class SparseCounts {
  readonly indexes = new Uint16Array(BUCKETS);
  readonly counts = new Int32Array(BUCKETS);
  size = 0;
}
