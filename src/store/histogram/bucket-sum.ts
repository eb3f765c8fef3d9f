import type { ByteCount } from "../byte-count.ts";
import { BUCKETS } from "./histogram-layout.ts";
import { ESCAPE, encodeBucket } from "./slot-codec.ts";

/**
 * The counts of several slots of a series, added up to be written as one. Unlike a Histogram it has room for all
 * buckets and no sums of octaves, so adding a bucket needs no test.
 */
export class BucketSum {
  private readonly counts = new Uint32Array(BUCKETS);
  /** Between these are all buckets that are not empty. */
  private first = BUCKETS;
  private last = -1;

  constructor(byteCount: ByteCount) {
    byteCount.bytes += this.counts.byteLength;
  }

  /** Adds a slot that encodeCounts wrote. */
  addEncoded(bytes: Uint8Array, start: number, end: number): void {
    if (start === end) return;
    const { counts } = this;
    let index = -1;
    let at = start;
    let first = -1;
    while (at < end) {
      const byte = bytes[at++]!;
      let distance = byte >> 4;
      let count = (byte & 15) + 1;
      if (distance === ESCAPE) {
        let shift = 0;
        let part: number;
        do {
          part = bytes[at++]!;
          distance = (distance + ((part & 127) << shift)) | 0;
          shift += 7;
        } while (part > 127);
      }
      if (count > ESCAPE) {
        let shift = 0;
        let part: number;
        do {
          part = bytes[at++]!;
          count = (count + ((part & 127) << shift)) | 0;
          shift += 7;
        } while (part > 127);
      }
      index = (index + distance + 1) | 0;
      if (first < 0) first = index;
      counts[index] = (counts[index]! + count) | 0;
    }
    if (first < this.first) this.first = first;
    if (index > this.last) this.last = index;
  }

  /** Writes its counts as encodeCounts does, and empties it. @returns where the next byte goes */
  drain(into: Uint8Array, start: number): number {
    const { counts, last } = this;
    let to = start;
    let next = 0;
    for (let index = this.first; index <= last; index++) {
      const count = counts[index]! | 0;
      if (count === 0) continue;
      counts[index] = 0;
      to = encodeBucket(into, to, index - next, count - 1);
      next = index + 1;
    }
    this.first = BUCKETS;
    this.last = -1;
    return to;
  }
}
