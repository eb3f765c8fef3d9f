import type { Ledger } from "./ledger.ts";

const FIRST_CAPACITY = 16;
const COLUMNS = 2;
const NONE = new Float64Array(0);

/** The newest value of a gauge in each slot in which it was seen, with its time; the oldest slots go. */
export class GaugeRing {
  private readonly slotMs: number;
  private readonly keepSlots: number;
  private readonly ledger: Ledger;
  /** Time (ms since the epoch) and value of each sample. */
  private samples = NONE;
  private start = 0;
  private count = 0;

  constructor(slotMs: number, keepSlots: number, ledger: Ledger) {
    this.slotMs = slotMs;
    this.keepSlots = keepSlots;
    this.ledger = ledger;
  }

  /** Times must not fall. */
  record(at: number, value: number): void {
    const sameSlot =
      this.count > 0 && Math.ceil(this.time(this.count - 1) / this.slotMs) === Math.ceil(at / this.slotMs);
    if (!sameSlot) this.makeRoom();
    const place = this.place(this.count - 1) * COLUMNS;
    this.samples[place] = at;
    this.samples[place + 1] = value;
  }

  /** The newest value seen in from < t <= to; NaN if there is none. */
  newest(from: number, to: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.time(middle) > to) high = middle;
      else low = middle + 1;
    }
    return low > 0 && this.time(low - 1) > from
      ? this.samples[this.place(low - 1) * COLUMNS + 1]!
      : Number.NaN;
  }

  private time(nth: number): number {
    return this.samples[this.place(nth) * COLUMNS]!;
  }

  private place(nth: number): number {
    return (this.start + nth) % (this.samples.length / COLUMNS);
  }

  private makeRoom(): void {
    if (this.count === this.keepSlots) {
      this.start = this.place(1);
      return;
    }
    if (this.count * COLUMNS === this.samples.length) this.grow();
    this.count += 1;
  }

  /** Only a ring that has never wrapped around grows, so that everything stays where it is. */
  private grow(): void {
    const capacity = Math.min(this.keepSlots, Math.max(FIRST_CAPACITY, this.count * 2));
    const samples = new Float64Array(capacity * COLUMNS);
    samples.set(this.samples);
    this.ledger.bytes += samples.byteLength - this.samples.byteLength;
    this.samples = samples;
  }
}
