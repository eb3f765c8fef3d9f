import { BUCKETS } from "../histogram/histogram-layout.ts";
import { Totals } from "../histogram/totals.ts";
import type { Archive } from "../slots/archive.ts";
import type { Placed } from "../slots/series-table.ts";
import type { OpenSlab } from "./open-slab.ts";
import type { OpenSlot } from "./open-slot.ts";

/** For each series that receives its first value in a slot, so many are closed of the slot before. */
const AT_ONCE = 2;

/** What a series of the fleet sums up while the series that belong to it are closed. */
interface Fleet {
  readonly closedTotals: Totals;
  readonly closedCounts: Uint32Array;
  close(): void;
}

/** A series whose slots are closed. */
export interface Closable extends Placed {
  readonly slot: OpenSlot;
  readonly fleet: Fleet | undefined;
}

/** The series of a store, and where their closed slots go. */
export interface ClosingParts {
  readonly slab: OpenSlab;
  readonly archive: Archive;
  readonly fleetArchive: Archive;
  /** In the order of their places. */
  readonly series: () => readonly Closable[];
  readonly fleets: () => readonly Fleet[];
}

/**
 * Closes a slot in slices: what was recorded becomes history, and coarser slots may be complete. The slab holds
 * the slot that has ended beside the one that is open. A few series are closed whenever one receives its first
 * value of the new slot, always in the order of their places, because the chunk is later read in that order. The
 * rest is closed by `finish`, before anything is read.
 */
export class SlotClosing {
  private readonly parts: ClosingParts;
  private readonly totals = new Totals();
  /** Where the counts of series without a fleet are added up; never read. */
  private readonly noFleet: Uint32Array = new Uint32Array(BUCKETS);
  /** The series that were there when the slot ended; undefined: nothing is being closed. */
  private series: readonly Closable[] | undefined;
  private nth = 0;
  private slot = 0;
  private next = 0;

  constructor(parts: ClosingParts) {
    this.parts = parts;
    parts.slab.onFirst = () => {
      if (this.series !== undefined) this.close(this.nth + AT_ONCE);
    };
  }

  /** The open slot ends; `next` is the one that opens. */
  begin(slot: number, next: number): void {
    this.finish();
    const { slab, archive, fleetArchive, series } = this.parts;
    slab.swap();
    archive.begin(slot);
    fleetArchive.begin(slot);
    this.series = series();
    this.nth = 0;
    this.slot = slot;
    this.next = next;
  }

  /** Closes what is left. To be called before closed slots are read, and before a series is removed. */
  finish(): void {
    if (this.series !== undefined) this.close(Number.POSITIVE_INFINITY);
  }

  /** Closes the series up to before `until`, and the slot itself after the last one. */
  private close(until: number): void {
    const { totals } = this;
    const { builder } = this.parts.archive;
    const series = this.series!;
    const end = Math.min(until, series.length);
    let fleet: Fleet | undefined;
    let sum = this.noFleet;
    for (; this.nth < end; this.nth++) {
      const one = series[this.nth]!;
      if (one.slot.closingRecorded === 0) continue;
      if (one.fleet !== fleet) {
        fleet = one.fleet;
        sum = fleet?.closedCounts ?? this.noFleet;
      }
      totals.clear();
      one.slot.addClosingTotals(totals);
      fleet?.closedTotals.add(totals);
      builder.close(one.place, totals, one.slot, sum);
    }
    if (this.nth === series.length) this.complete();
  }

  private complete(): void {
    const { slab, archive, fleetArchive, series, fleets } = this.parts;
    this.series = undefined;
    if (slab.disordered || slab.sparse) {
      const lastAt = series().map(({ slot }) => slot.lastAt);
      slab.rebuild((before) => {
        for (const [nth, { slot }] of series().entries()) slot.takeAgain(before, lastAt[nth]!);
      });
    }
    archive.close(this.slot, this.next);
    for (const fleet of fleets()) fleet.close();
    fleetArchive.close(this.slot, this.next);
  }
}
