import type { Ledger } from "./ledger.ts";

const NONE = new Uint8Array(0);

/**
 * Room for records of bytes that come and go in the same order, each in one piece. Records that do not fit
 * behind the newest are written at the beginning again, where the oldest have gone. The owner remembers
 * where each record lies.
 */
export class ByteArena {
  bytes = NONE;
  private records = 0;
  private head = 0;
  private tail = 0;
  private readonly ledger: Ledger;

  constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  /** Where a record of this length (> 0) can be written; -1 when there is no room. */
  reserve(length: number): number {
    if (this.records === 0) {
      this.head = 0;
      this.tail = 0;
    }
    const wrapped = this.records > 0 && this.tail <= this.head;
    let start = this.tail;
    if (wrapped) {
      if (this.head - this.tail < length) return -1;
    } else if (this.bytes.length - this.tail < length) {
      if (this.head < length || this.records === 0) return -1;
      start = 0;
    }
    this.tail = start + length;
    this.records += 1;
    return start;
  }

  /** The oldest record goes. @param nextStart where the one after it lies; any number if there is none. */
  release(nextStart: number): void {
    this.records -= 1;
    this.head = nextStart;
  }

  /** Goes on with an empty room of another size. */
  reset(capacity: number): void {
    this.ledger.bytes += capacity - this.bytes.length;
    this.bytes = capacity === 0 ? NONE : new Uint8Array(capacity);
    this.records = 0;
  }
}
