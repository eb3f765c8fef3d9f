import { Histogram } from "./histogram.ts";
import type { Ledger } from "./ledger.ts";
import type { SlotRing } from "./slot-ring.ts";
import { EXACT_SUM, Totals } from "./totals.ts";

/**
 * A window over the closed slots of a ring. Moving it forward adds the slots that came and subtracts those
 * that went, so that a step costs what changed and not the length of the window.
 */
export class SlidingWindow {
  readonly totals = new Totals();
  readonly histogram: Histogram;
  private ring: SlotRing;
  private withHistogram = true;
  /** The slots from < slot <= to are inside; of those, sequence numbers tail <= n < head have been added. */
  private from = Number.POSITIVE_INFINITY;
  to = Number.POSITIVE_INFINITY;
  private tail = 0;
  private head = 0;
  private lostBefore = 0;

  constructor(ring: SlotRing, ledger: Ledger) {
    this.ring = ring;
    this.histogram = new Histogram(ledger);
  }

  /** Looks at another ring from now on. @param withHistogram false where no percentile will be asked for. */
  over(ring: SlotRing, withHistogram: boolean): void {
    this.ring = ring;
    this.to = Number.POSITIVE_INFINITY;
    this.histogram.clear();
    this.withHistogram = withHistogram;
  }

  /** Speaks of the slots from < slot <= to of the ring as it is now. Cheap when both have not gone back. */
  moveTo(from: number, to: number): void {
    const { ring } = this;
    const backwards = from < this.from || to < this.to;
    // What has left the ring, or lost its histogram, can no longer be subtracted.
    const torn = this.tail < ring.first || (this.tail < ring.lostBefore && this.lostBefore < ring.lostBefore);
    if (backwards || from >= this.to || torn) this.restart(from);
    this.from = from;
    this.to = to;

    while (this.head < ring.end && ring.slot(this.head) <= to) this.include(this.head++);
    let rescan = false;
    while (this.tail < this.head && ring.slot(this.tail) <= from)
      rescan = this.exclude(this.tail++) || rescan;
    if (rescan) this.rescan();
  }

  private restart(from: number): void {
    this.totals.clear();
    this.histogram.clear();
    this.tail = this.ring.firstAfter(from);
    this.head = this.tail;
    this.lostBefore = this.ring.lostBefore;
  }

  private include(sequence: number): void {
    this.ring.include(sequence, this.totals, this.withHistogram ? this.histogram : undefined);
  }

  /** @returns whether the sum or an extreme must be found anew. */
  private exclude(sequence: number): boolean {
    const { ring, totals } = this;
    const inexact = totals.sum > EXACT_SUM;
    ring.exclude(sequence, totals, this.withHistogram ? this.histogram : undefined);
    return inexact || ring.min(sequence) <= totals.min || ring.max(sequence) >= totals.max;
  }

  private rescan(): void {
    const { ring, totals } = this;
    totals.sum = 0;
    totals.min = Number.POSITIVE_INFINITY;
    totals.max = Number.NEGATIVE_INFINITY;
    for (let sequence = this.tail; sequence < this.head; sequence++) {
      totals.sum += ring.sum(sequence);
      totals.min = Math.min(totals.min, ring.min(sequence));
      totals.max = Math.max(totals.max, ring.max(sequence));
    }
  }
}
