import { Histogram } from "./histogram/histogram.ts";
import { SparseCounts } from "./histogram/sparse-counts.ts";
import { Totals } from "./histogram/totals.ts";
import type { Ledger } from "./ledger.ts";
import type { SlotClock } from "./recording/slot-clock.ts";
import type { Service } from "./service.ts";
import type { Archive } from "./slots/archive.ts";
import type { OpenPart, Subject } from "./subject.ts";
import { RunningWindows } from "./windows/running-windows.ts";

const UNKNOWN = -1;

/** The open slot of several services at once. */
class MergedOpen implements OpenPart {
  readonly totals = new Totals();
  readonly histogram: Histogram;

  constructor(ledger: Ledger) {
    this.histogram = new Histogram(ledger);
  }

  addOctave(octave: number, target: Uint32Array): void {
    this.histogram.addOctave(octave, target);
  }

  addOctaves(target: Float64Array): void {
    this.histogram.addOctaves(target);
  }

  addTotals(target: Totals): void {
    target.add(this.totals);
  }

  add(totals: Totals, sparse: SparseCounts): void {
    this.totals.add(totals);
    this.histogram.add(sparse);
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
  readonly archive: Archive;
  readonly id: number;
  readonly born = -1;
  readonly windows = new RunningWindows();
  private readonly services: () => readonly Service[];
  private readonly clock: SlotClock;
  /** What closed, or was removed, while the fleet's own slot is still open. */
  private readonly closed: MergedOpen;
  private readonly merged: MergedOpen;
  /** How much had been recorded when `merged` was made. */
  private mergedWhen = UNKNOWN;
  private readonly sparse = new SparseCounts();

  /** @param archive its own: it outlives what thousands of services can keep */
  constructor(
    archive: Archive,
    id: number,
    services: () => readonly Service[],
    clock: SlotClock,
    ledger: Ledger,
  ) {
    this.archive = archive;
    this.id = id;
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
    closed.histogram.gather(sparse);
    merged.add(closed.totals, sparse);
    for (const { recorder } of this.services()) {
      if (recorder.recorded === 0) continue;
      recorder.addTotals(merged.totals);
      recorder.gather(sparse);
      merged.histogram.add(sparse);
    }
    return merged;
  }

  /** A part of a slot that a service has closed. */
  take(totals: Totals, sparse: SparseCounts): void {
    this.closed.add(totals, sparse);
  }

  /** Closes the fleet's slot, after all services have closed theirs. */
  close(slot: number, next: number): void {
    const { totals, histogram } = this.closed;
    this.mergedWhen = UNKNOWN;
    this.archive.begin(slot);
    if (totals.requests > 0 || totals.checks > 0) {
      histogram.gather(this.sparse);
      this.archive.builder.add(this.id, totals, this.sparse);
      this.windows.push(slot, totals, this.sparse);
      this.closed.clear();
    }
    this.archive.close(slot, next);
  }
}
