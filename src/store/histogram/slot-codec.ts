import { BUCKETS } from "./histogram-layout.ts";
import type { SparseCounts } from "./sparse-counts.ts";

/**
 * How a closed slot's histogram is kept: for each non-empty bucket, rising, one byte with the distance to
 * the bucket before (high four bits) and the count (low four bits), both less one. A 15 there means that
 * the rest follows as a varint (seven bits a byte, lowest first), the distance's before the count's.
 * A busy second of a service is mostly short distances and small counts, so mostly one byte a bucket.
 */
export const ESCAPE = 15;

/** One histogram takes no more: a byte for each bucket, and varints of 2 bytes (distance) and 5 (count). */
export const MOST_BYTES = BUCKETS * 8;

/** Writes a histogram from `start` on; there must be room for MOST_BYTES. @returns where the next byte goes. */
export function encodeCounts(
  { indexes, counts, size }: SparseCounts,
  bytes: Uint8Array,
  start: number,
): number {
  let at = start;
  let previous = -1;
  for (let nth = 0; nth < size; nth++) {
    const index = indexes[nth]!;
    const distance = index - previous - 1;
    const rest = counts[nth]! - 1;
    previous = index;
    at = encodeBucket(bytes, at, distance, rest);
  }
  return at;
}

/**
 * Writes one bucket.
 * @param distance to the bucket before, less one
 * @param rest its count, less one
 * @returns where the next byte goes
 */
export function encodeBucket(bytes: Uint8Array, start: number, distance: number, rest: number): number {
  let at = start;
  bytes[at++] = ((distance < ESCAPE ? distance : ESCAPE) << 4) | (rest < ESCAPE ? rest : ESCAPE);
  if (distance >= ESCAPE) at = writeVarint(bytes, at, distance - ESCAPE);
  if (rest >= ESCAPE) at = writeVarint(bytes, at, rest - ESCAPE);
  return at;
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
