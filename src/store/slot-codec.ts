import { BUCKETS } from "./histogram-layout.ts";
import type { SparseCounts } from "./sparse-counts.ts";

/**
 * How a closed slot's histogram is kept: for each non-empty bucket, rising, one byte with the distance to
 * the bucket before (high four bits) and the count (low four bits), both less one. A 15 there means that
 * the rest follows as a varint (seven bits a byte, lowest first), the distance's before the count's.
 * A busy second of a service is mostly short distances and small counts, so mostly one byte a bucket.
 */
export const ESCAPE = 15;

/** Varints that follow a byte: 2 bytes for a distance under 2^14, 5 for a count under 2^31. */
const MOST_BYTES = BUCKETS * 8;

/** Writes one histogram at a time into a buffer that is used again for the next. */
export class SlotEncoder {
  readonly bytes = new Uint8Array(MOST_BYTES);
  length = 0;

  encode({ indexes, counts, size }: SparseCounts): void {
    const { bytes } = this;
    let length = 0;
    let previous = -1;
    for (let nth = 0; nth < size; nth++) {
      const index = indexes[nth]!;
      const distance = index - previous - 1;
      const rest = counts[nth]! - 1;
      previous = index;
      bytes[length++] = ((distance < ESCAPE ? distance : ESCAPE) << 4) | (rest < ESCAPE ? rest : ESCAPE);
      if (distance >= ESCAPE) length = writeVarint(bytes, length, distance - ESCAPE);
      if (rest >= ESCAPE) length = writeVarint(bytes, length, rest - ESCAPE);
    }
    this.length = length;
  }
}

/** @returns where the next byte goes. */
function writeVarint(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  let left = value;
  while (left > 127) {
    bytes[at++] = (left & 127) | 128;
    left >>>= 7;
  }
  bytes[at++] = left;
  return at;
}
