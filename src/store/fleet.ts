import { Histogram } from "./histogram.ts";
import type { Ledger } from "./ledger.ts";
import type { OpenSlot } from "./open-slot.ts";
import type { Service } from "./service.ts";
import type { SlotClock } from "./slot-clock.ts";
import type { SlotHistory, Workbench } from "./slot-history.ts";
import { SparseCounts } from "./sparse-counts.ts";
import type { OpenPart, Subject } from "./subject.ts";
import { Totals } from "./totals.ts";

const UNKNOWN = -1;

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
  /** How much had been recorded when `merged` was made. */
  private mergedWhen = UNKNOWN;
  private readonly sparse = new SparseCounts();

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
    const { merged, closed, sparse } = this;
    // Within a slot counts only grow, so as long as their sum stands nothing has been recorded.
    let recorded = closed.totals.requests + closed.totals.checks;
    for (const { recorder } of this.services()) recorded += recorder.recorded;
    if (recorded === this.mergedWhen) return merged;
    this.mergedWhen = recorded;

    merged.clear();
    merged.totals.add(closed.totals);
    closed.histogram.gather(sparse);
    merged.histogram.add(sparse);
    for (const { recorder } of this.services()) {
      if (recorder.recorded === 0) continue;
      recorder.addTotals(merged.totals);
      recorder.gather(sparse);
      merged.histogram.add(sparse);
    }
    return merged;
  }

  /** Empties an open slot into the fleet's; the bench holds what it was, its histogram encoded. */
  take(open: OpenSlot, bench: Workbench): void {
    bench.totals.clear();
    open.addTotals(bench.totals);
    open.gather(bench.sparse);
    open.clear();
    bench.encoder.encode(bench.sparse);
    this.closed.totals.add(bench.totals);
    this.closed.histogram.add(bench.sparse);
  }

  /** Closes the fleet's slot, after all services have closed theirs. */
  close(slot: number, bench: Workbench): void {
    const { totals, histogram } = this.closed;
    this.mergedWhen = UNKNOWN;
    if (totals.requests === 0 && totals.checks === 0) return;
    histogram.gather(bench.sparse);
    bench.encoder.encode(bench.sparse);
    this.history.append(slot, totals, bench.encoder);
    this.closed.clear();
  }
}
