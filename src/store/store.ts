import type { Recorder } from "../core/observation.ts";
import type { Failure, GaugeReading, WindowStats } from "../core/reading.ts";
import { Fleet } from "./fleet.ts";
import { LabelCensus, LabelledRecorder, LabelSets } from "./label-sets.ts";
import type { Ledger } from "./ledger.ts";
import { CounterBoard } from "./named/counter-board.ts";
import { GaugeBoard } from "./named/gauge-board.ts";
import { Shelf } from "./named/shelf.ts";
import { OpenSlab } from "./recording/open-slab.ts";
import type { OpenSlot } from "./recording/open-slot.ts";
import { ServiceRecorder } from "./recording/service-recorder.ts";
import { SlotClock } from "./recording/slot-clock.ts";
import { Series } from "./series.ts";
import { Service } from "./service.ts";
import { Archive } from "./slots/archive.ts";
import { SeriesTable } from "./slots/series-table.ts";
import { LIMITS, type StoreLimits, TIERS, type Tier } from "./slots/tiers.ts";
import { Workbench } from "./slots/workbench.ts";
import type { Subject } from "./subject.ts";
import {
  FLEET,
  type GaugeValue,
  type LabelSet,
  type LastSeen,
  type LatencyBucket,
  type SeriesQuery,
  type Store,
  type StoreSelf,
} from "./types.ts";
import { rollingSeries } from "./windows/rolling-series.ts";
import { SlidingWindow } from "./windows/sliding-window.ts";
import { WindowReader } from "./windows/window-reader.ts";
import { emptyStats, toStats, watchedSeconds } from "./windows/window-stats.ts";

export interface StoreOptions {
  /** From fine to coarse; TIERS when absent. */
  readonly tiers?: readonly Tier[];
  /** What all services together may take; what is absent is as in LIMITS. */
  readonly limits?: Partial<StoreLimits>;
}

/** The fleet keeps its own past, so that it reaches back even when thousands of services share the rest. */
const FLEET_LIMITS: StoreLimits = { histogramBytes: 16 * 2 ** 20, rowBytes: 2 ** 20, namedBytes: 0 };
const STATS_PERCENTS = [50, 90, 95, 99, 99.9];
const NO_COUNTERS: ReadonlyMap<string, number> = new Map();
const NEVER: LastSeen = {
  any: undefined,
  request: undefined,
  check: undefined,
  pass: undefined,
  heartbeat: undefined,
};

/**
 * Keeps the recent past of many services in bounded memory; see History and Store for what can be asked.
 * Tell it the time once (`advance`) before the first observation: until then it believes any time it sees.
 */
export function createStore(options: StoreOptions = {}): Store {
  return new WindowStore(options.tiers ?? TIERS, { ...LIMITS, ...options.limits });
}

class WindowStore implements Store {
  private readonly services = new Map<string, Service>();
  private readonly labelled = new Map<string, Series>();
  /** The services, for the loops of every tick; undefined when they have changed. */
  private listed: readonly Service[] | undefined;
  private readonly clock: SlotClock;
  /** What does not belong to one service. */
  private readonly shared: Ledger = { bytes: 0 };
  private readonly slab = new OpenSlab(this.shared);
  private readonly table = new SeriesTable<Series>();
  private readonly archive: Archive;
  private readonly fleet: Fleet;
  private readonly bench: Workbench;
  private readonly scratch: SlidingWindow;
  private readonly reader: WindowReader;
  private readonly census = new LabelCensus();
  private readonly shelf: Shelf;
  private readonly percentiles = new Float64Array(STATS_PERCENTS.length);

  constructor(tiers: readonly Tier[], limits: StoreLimits) {
    this.clock = new SlotClock(tiers[0]!.slotMs, (next) => this.closeSlot(next));
    this.bench = new Workbench(this.shared);
    this.archive = new Archive(tiers, limits, this.table, this.bench, this.shared);
    this.shelf = new Shelf(tiers, limits.namedBytes);
    const fleetTable = new SeriesTable<Fleet>();
    const fleetArchive = new Archive(tiers, FLEET_LIMITS, fleetTable, this.bench, this.shared);
    this.fleet = fleetTable.add(
      (id) => new Fleet(fleetArchive, id, () => this.list, this.clock, this.shared),
    );
    this.scratch = new SlidingWindow(this.shared);
    this.reader = new WindowReader(this.clock, this.scratch, this.shared);
  }

  recorder(service: string): Recorder {
    if (service === FLEET)
      throw new Error(`"${FLEET}" stands for all services; give the service another name.`);
    const known = this.services.get(service);
    if (known !== undefined) return known.recorder;
    const { clock, slab, archive } = this;
    const ledger: Ledger = { bytes: 0 };
    const labelSets: LabelSets = new LabelSets(service, this.census, (key) =>
      this.addLabelled(key, recorder),
    );
    const recorder: ServiceRecorder = new ServiceRecorder(
      clock,
      slab,
      {
        gauges: new GaugeBoard(this.shelf, ledger),
        counters: new CounterBoard(this.shelf, ledger),
        labelSets,
      },
      ledger,
    );
    const added = this.table.add((id) => new Service(clock, archive, id, recorder, labelSets));
    this.services.set(service, added);
    this.listed = undefined;
    return recorder;
  }

  remove(service: string): void {
    const removed = this.services.get(service);
    if (removed === undefined) return;
    for (const [key, series] of removed.labelSets.all()) {
      this.labelled.delete(key);
      this.census.sets -= 1;
      this.discard(series);
    }
    if (removed.recorder.recorded > 0) {
      this.empty(removed.recorder);
      this.fleet.take(this.bench.totals, this.bench.sparse);
    }
    this.discard(removed);
    removed.recorder.gauges.clear();
    removed.recorder.counters.clear();
    this.services.delete(service);
    this.listed = undefined;
  }

  advance(now: number): void {
    this.clock.advance(now);
  }

  stats(service: string, windowMs: number, at: number): WindowStats {
    const subject = this.subject(service);
    if (subject === undefined) return emptyStats(windowMs);
    const { reader, percentiles } = this;
    reader.readOnce(subject, windowMs, at);
    reader.percentiles(STATS_PERCENTS, percentiles);
    const newest = Math.max(at, this.clock.now);
    const seconds = watchedSeconds(reader.fromMs, reader.toMs, subject.watchedSince(), newest);
    return toStats(windowMs, reader.totals, seconds, percentiles);
  }

  series(service: string, query: SeriesQuery): Float64Array {
    const subject = this.subject(service);
    if (subject === undefined) return new Float64Array(query.points).fill(Number.NaN);
    return rollingSeries(this.reader, this.scratch, subject, query, this.clock.now);
  }

  distribution(service: string, windowMs: number, at: number): readonly LatencyBucket[] {
    const subject = this.subject(service);
    if (subject === undefined) return [];
    this.reader.readOnce(subject, windowMs, at);
    return this.reader.buckets();
  }

  shareWithin(service: string, windowMs: number, at: number, thresholdMs: number): number {
    const subject = this.subject(service);
    if (subject === undefined) return Number.NaN;
    this.reader.readOnce(subject, windowMs, at);
    return this.reader.shareWithin(thresholdMs);
  }

  labelSets(service: string): readonly LabelSet[] {
    return this.services.get(service)?.labelSets.list ?? [];
  }

  gaugeSeries(
    service: string,
    gauge: string,
    from: number,
    to: number,
    points: number,
    of: GaugeValue = "last",
  ): Float64Array {
    const known = this.services.get(service);
    if (known === undefined) return new Float64Array(points).fill(Number.NaN);
    return known.recorder.gauges.series(gauge, from, to, points, of);
  }

  counterRates(service: string, windowMs: number, at: number): ReadonlyMap<string, number> {
    const known = this.services.get(service);
    if (known === undefined) return NO_COUNTERS;
    return known.recorder.counters.rates(windowMs, at, known.watchedSince(), Math.max(at, this.clock.now));
  }

  counterSeries(service: string, counter: string, from: number, to: number, points: number): Float64Array {
    const known = this.services.get(service);
    if (known === undefined) return new Float64Array(points).fill(Number.NaN);
    return known.recorder.counters.series(counter, from, to, points, known.watchedSince());
  }

  gauges(service: string): ReadonlyMap<string, GaugeReading> {
    return this.services.get(service)?.recorder.gauges.newest() ?? new Map();
  }

  lastSeen(service: string): LastSeen {
    return this.services.get(service)?.recorder.lastSeen() ?? NEVER;
  }

  failures(service: string): readonly Failure[] {
    return this.services.get(service)?.recorder.failures.newestFirst() ?? [];
  }

  self(): StoreSelf {
    const { clock, census } = this;
    let bytes = this.shared.bytes + this.archive.bytes + this.fleet.archive.bytes;
    for (const service of this.list) bytes += service.ledger.bytes;
    return {
      services: this.list.length,
      bytes,
      rejected: clock.rejected,
      late: clock.late,
      labelSets: census.sets,
      labelSetsDropped: census.dropped,
      droppedLabels: census.examples,
    };
  }

  private get list(): readonly Service[] {
    this.listed ??= [...this.services.values()];
    return this.listed;
  }

  private subject(name: string): Subject | undefined {
    return name === FLEET ? this.fleet : (this.services.get(name) ?? this.labelled.get(name));
  }

  private addLabelled(key: string, service: ServiceRecorder): Series<LabelledRecorder> {
    const recorder = new LabelledRecorder(this.slab, service.ledger, service);
    const series = this.table.add((id) => new Series(this.clock, this.archive, id, recorder));
    this.labelled.set(key, series);
    return series;
  }

  private discard({ id, recorder }: Series): void {
    recorder.detach();
    this.table.remove(id);
  }

  /** Moves what an open slot holds to the bench. */
  private empty(open: OpenSlot): void {
    const { totals, sparse } = this.bench;
    totals.clear();
    open.addTotals(totals);
    open.gather(sparse);
    open.clear();
  }

  /** The open slot ends: what was recorded becomes history, and coarser slots may be complete. */
  private closeSlot(next: number): void {
    const { archive, fleet, bench } = this;
    const { totals, sparse } = bench;
    const { slot } = this.clock;
    archive.begin(slot);
    for (const series of this.table.list) {
      if (series.recorder.recorded === 0) continue;
      this.empty(series.recorder);
      archive.builder.add(series.id, totals, sparse);
      series.windows.push(slot, totals, sparse);
      if (series instanceof Service) fleet.take(totals, sparse);
    }
    if (this.slab.disordered) this.slab.reorder(this.table.list.map(({ recorder }) => recorder));
    archive.close(slot, next);
    fleet.close(slot, next);
  }
}
