import { Histogram } from "./histogram.ts";
import type { Ledger } from "./ledger.ts";
import type { OpenSlot } from "./open-slot.ts";
import type { Service } from "./service.ts";
import type { SlotClock } from "./slot-clock.ts";
import type { SlotEncoder } from "./slot-codec.ts";
import type { SlotHistory, Workbench } from "./slot-history.ts";
import type { OpenPart, Subject } from "./subject.ts";
import { Totals } from "./totals.ts";

/** The open slot of several services at once. */
class MergedOpen implements OpenPart {
  readonly totals = new Totals();
  readonly histogram: Histogram;

  constructor(ledger: Ledger) {
    this.histogram = new Histogram(ledger);
  }

  countAt(index: number): number {
    return this.histogram.countAt(index);
  }

  addOctaves(target: Float64Array): void {
    this.histogram.addOctaves(target);
  }

  addTotals(target: Totals): void {
    target.add(this.totals);
  }

  addCounts(target: Histogram): void {
    target.addHistogram(this.histogram);
  }

  clear(): void {
    this.totals.clear();
    this.histogram.clear();
  }
}

/**
 * All services together. Nothing is recorded twice: services are added when their slots close, and what is
 * still open when somebody asks. What a service said stays in the fleet's past when the service is removed.
 */
export class Fleet implements Subject {
  readonly history: SlotHistory;
  private readonly services: () => readonly Service[];
  private readonly clock: SlotClock;
  /** What closed, or was removed, while the fleet's own slot is still open. */
  private readonly closed: MergedOpen;
  private readonly merged: MergedOpen;

  constructor(history: SlotHistory, services: () => readonly Service[], clock: SlotClock, ledger: Ledger) {
    this.history = history;
    this.services = services;
    this.clock = clock;
    this.closed = new MergedOpen(ledger);
    this.merged = new MergedOpen(ledger);
  }

  watchedSince(): number {
    return this.clock.begunAt;
  }

  open(): OpenPart {
    this.merged.clear();
    this.closed.addTotals(this.merged.totals);
    this.closed.addCounts(this.merged.histogram);
    for (const { recorder } of this.services()) {
      if (recorder.empty) continue;
      recorder.addTotals(this.merged.totals);
      recorder.addCounts(this.merged.histogram);
    }
    return this.merged;
  }

  /** Empties an open slot into the fleet's; the bench holds what it was, its histogram encoded. */
  take(open: OpenSlot, bench: Workbench): void {
    bench.totals.clear();
    open.addTotals(bench.totals);
    this.closed.totals.add(bench.totals);
    open.drain(bench.encoder, this.closed.histogram);
  }

  /** Closes the fleet's slot, after all services have closed theirs. */
  close(slot: number, encoder: SlotEncoder): void {
    const { totals, histogram } = this.closed;
    if (totals.requests === 0 && totals.checks === 0) return;
    histogram.encode(encoder);
    this.history.append(slot, totals, encoder);
    this.closed.clear();
  }
}
