import { BUCKETS } from "./histogram-layout.ts";

/**
 * How a closed slot's histogram is kept: for each non-empty bucket, rising, one byte with the distance to
 * the bucket before (high four bits) and the count (low four bits), both less one. A 15 there means that
 * the rest follows as a varint (seven bits a byte, lowest first), the distance's before the count's.
 * A busy second of a service is mostly short distances and small counts, so mostly one byte a bucket.
 */
export const ESCAPE = 15;

/** Varints that follow a byte: 2 bytes for a distance under 2^14, 5 for a count under 2^32. */
const MOST_BYTES = BUCKETS * 8;

/** Writes one histogram at a time into a buffer that is used again for the next. */
export class SlotEncoder {
  readonly bytes = new Uint8Array(MOST_BYTES);
  length = 0;
  private previous = -1;

  begin(): void {
    this.length = 0;
    this.previous = -1;
  }

  /** Buckets must come in rising order, each with a count of at least 1. */
  put(index: number, count: number): void {
    const distance = index - this.previous - 1;
    const rest = count - 1;
    this.previous = index;
    this.bytes[this.length++] =
      ((distance < ESCAPE ? distance : ESCAPE) << 4) | (rest < ESCAPE ? rest : ESCAPE);
    if (distance >= ESCAPE) this.varint(distance - ESCAPE);
    if (rest >= ESCAPE) this.varint(rest - ESCAPE);
  }

  private varint(value: number): void {
    let left = value;
    while (left > 127) {
      this.bytes[this.length++] = (left & 127) | 128;
      left >>>= 7;
    }
    this.bytes[this.length++] = left;
  }
}
