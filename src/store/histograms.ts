import type { Metric } from "../core/metric.ts";
import type { ByteCount } from "./byte-count.ts";
import { FleetSeries } from "./fleet.ts";
import { BUCKETS, SUB_BUCKETS } from "./histogram/histogram-layout.ts";
import { SpreadCounts } from "./histogram/spread-counts.ts";
import type { HistogramShared } from "./recording/histogram-handles.ts";
import type { OpenSlot } from "./recording/open-slot.ts";
import type { SlotClock } from "./recording/slot-clock.ts";
import { HistogramSeries } from "./series/histogram-series.ts";
import type { SeriesIdentity } from "./series/kept-series.ts";
import { Slab } from "./slab.ts";
import { Archive } from "./slots/archive.ts";
import { Scratch } from "./slots/scratch.ts";
import { SeriesTable } from "./slots/series-table.ts";
import type { StoreLimits, Tier } from "./slots/tiers.ts";

/** The fleet keeps its own past, so that it reaches back even when thousands of entities share the rest. */
const FLEET_LIMITS: StoreLimits = { histogramBytes: 16 * 2 ** 20, rowBytes: 2 ** 20, scalarBytes: 0 };

/** All histograms of a store: their open slots, and what has closed. */
export class Histograms implements HistogramShared {
  readonly clock: SlotClock;
  readonly slab: Slab;
  readonly spread = new SpreadCounts();
  readonly archive: Archive;
  /** The series of all entities together, by metric name. */
  readonly fleet = new Map<string, FleetSeries>();
  private readonly table = new SeriesTable<HistogramSeries>();
  private readonly fleetTable = new SeriesTable<FleetSeries>();
  private readonly fleetArchive: Archive;
  private readonly scratch: Scratch;
  private readonly nextId: () => number;
  private readonly shared: ByteCount;
  /** The open slots of each series of the fleet, as long as the list of series is `memberList`. */
  private readonly members = new Map<FleetSeries, readonly OpenSlot[]>();
  private memberList: readonly HistogramSeries[] | undefined;
  /** Where the counts of series without a fleet are added up; never read. */
  private readonly noFleet: Uint32Array = new Uint32Array(BUCKETS);

  constructor(
    clock: SlotClock,
    tiers: readonly Tier[],
    limits: StoreLimits,
    nextId: () => number,
    shared: ByteCount,
  ) {
    this.clock = clock;
    this.slab = new Slab(shared, SUB_BUCKETS);
    this.scratch = new Scratch(shared);
    this.archive = new Archive(tiers, limits, this.table, this.scratch, shared);
    this.fleetArchive = new Archive(tiers, FLEET_LIMITS, this.fleetTable, this.scratch, shared);
    this.nextId = nextId;
    this.shared = shared;
  }

  get fleetList(): readonly FleetSeries[] {
    return this.fleetTable.list;
  }

  /** Of closed slots. */
  get bytes(): number {
    return this.archive.bytes + this.fleetArchive.bytes;
  }

  /** Begins to keep a series; its slot is attached. */
  open(
    identity: SeriesIdentity,
    metric: Metric<"histogram">,
    slot: OpenSlot,
    since: () => number,
  ): HistogramSeries {
    const fleet = metric.fleet && identity.labels === undefined ? this.fleetOf(metric) : undefined;
    slot.attach();
    const { archive, clock } = this;
    return this.table.add((place) => {
      return new HistogramSeries(identity, metric, { archive, place, born: clock.slot, slot }, fleet, since);
    });
  }

  /** Forgets a series. What it recorded into the open slot stays with the fleet. */
  close({ place, slot, fleet }: HistogramSeries): void {
    if (fleet !== undefined && slot.recorded > 0) {
      this.empty(slot);
      fleet.take(this.scratch.totals, this.scratch.sparse);
    }
    slot.detach();
    this.table.remove(place);
    this.archive.windows.release(place);
  }

  /** The open slot ends: what was recorded becomes history, and coarser slots may be complete. */
  closeSlot(next: number): void {
    const { archive, fleetArchive, scratch } = this;
    const { totals } = scratch;
    const { slot } = this.clock;
    const { list } = this.table;
    archive.begin(slot);
    let fleet: FleetSeries | undefined;
    let sum: Uint32Array = this.noFleet;
    for (let nth = 0; nth < list.length; nth++) {
      const series = list[nth]!;
      const open = series.slot;
      if (open.recorded === 0) continue;
      if (series.fleet !== fleet) {
        fleet = series.fleet;
        sum = fleet?.closedCounts ?? this.noFleet;
      }
      totals.clear();
      open.addTotals(totals);
      fleet?.closedTotals.add(totals);
      archive.builder.close(series.place, totals, open, sum);
    }
    if (this.slab.disordered || this.slab.sparse) {
      this.slab.rebuild((before) => {
        for (const series of list) series.slot.takeAgain(before);
      });
    }
    archive.close(slot, next);
    fleetArchive.begin(slot);
    for (const fleet of this.fleetTable.list) fleet.close();
    fleetArchive.close(slot, next);
  }

  private fleetOf(metric: Metric<"histogram">): FleetSeries {
    let fleet = this.fleet.get(metric.name);
    if (fleet === undefined) {
      const parts = {
        slotsOf: (of: FleetSeries) => this.slotsOf(of),
        clock: this.clock,
        byteCount: this.shared,
      };
      fleet = this.fleetTable.add(
        (place) => new FleetSeries(this.nextId(), metric, this.fleetArchive, place, parts),
      );
      this.fleet.set(metric.name, fleet);
    }
    return fleet;
  }

  private slotsOf(fleet: FleetSeries): readonly OpenSlot[] {
    const { list } = this.table;
    if (list !== this.memberList) {
      this.memberList = list;
      this.members.clear();
    }
    let slots = this.members.get(fleet);
    if (slots === undefined) {
      slots = list.filter((series) => series.fleet === fleet).map(({ slot }) => slot);
      this.members.set(fleet, slots);
    }
    return slots;
  }

  /** Moves what an open slot holds to the scratch memory. */
  private empty(open: OpenSlot): void {
    const { totals, sparse } = this.scratch;
    totals.clear();
    open.addTotals(totals);
    open.gather(sparse);
    open.clear();
  }
}
