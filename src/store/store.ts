import type { Recorder } from "../core/observation.ts";
import type { Failure, GaugeReading, WindowStats } from "../core/reading.ts";
import { Fleet } from "./fleet.ts";
import { Histogram } from "./histogram.ts";
import type { Ledger } from "./ledger.ts";
import { OpenSlab } from "./open-slab.ts";
import { rollingSeries } from "./series.ts";
import { Service } from "./service.ts";
import { SlidingWindow } from "./sliding-window.ts";
import { SlotClock } from "./slot-clock.ts";
import { SlotEncoder } from "./slot-codec.ts";
import { SlotHistory, type Workbench } from "./slot-history.ts";
import { SparseCounts } from "./sparse-counts.ts";
import type { Subject } from "./subject.ts";
import { type ByteLimit, HISTOGRAM_BYTES, setLimits, TIERS, type Tier } from "./tiers.ts";
import { Totals } from "./totals.ts";
import {
  FLEET,
  type LastSeen,
  type LatencyBucket,
  type SeriesQuery,
  type Store,
  type StoreSelf,
} from "./types.ts";
import { WindowReader } from "./window-reader.ts";
import { emptyStats, toStats, watchedSeconds } from "./window-stats.ts";

export interface StoreOptions {
  /** From fine to coarse; TIERS when absent. */
  readonly tiers?: readonly Tier[];
  /** What the latency histograms of all services together may take, bytes; the oldest go first. Default 256 MB. */
  readonly histogramBytes?: number;
}

const FLEET_HISTOGRAM_BYTES = 16 * 2 ** 20;
const STATS_PERCENTS = [50, 95, 99];
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
  return new WindowStore(options.tiers ?? TIERS, options.histogramBytes ?? HISTOGRAM_BYTES);
}

class WindowStore implements Store {
  private readonly tiers: readonly Tier[];
  private readonly histogramBytes: number;
  private readonly limits: readonly ByteLimit[];
  private readonly services = new Map<string, Service>();
  /** The same services, for the loops of every tick. */
  private list: Service[] = [];
  private readonly clock: SlotClock;
  /** What does not belong to one service. */
  private readonly shared: Ledger = { bytes: 0 };
  private readonly slab = new OpenSlab(this.shared);
  private readonly fleet: Fleet;
  private readonly bench: Workbench;
  private readonly scratch: SlidingWindow;
  private readonly reader: WindowReader;
  private readonly percentiles = new Float64Array(STATS_PERCENTS.length);
  private created = 0;

  constructor(tiers: readonly Tier[], histogramBytes: number) {
    this.tiers = tiers;
    this.histogramBytes = histogramBytes;
    this.limits = tiers.map(() => ({ bytes: 0 }));
    this.clock = new SlotClock(tiers[0]!.slotMs, (next) => this.closeSlot(next));
    this.bench = {
      totals: new Totals(),
      histogram: new Histogram(this.shared),
      sparse: new SparseCounts(),
      encoder: new SlotEncoder(),
    };
    const fleetLimits = tiers.map(() => ({ bytes: 0 }));
    setLimits(fleetLimits, FLEET_HISTOGRAM_BYTES, 1);
    const fleetHistory = new SlotHistory(tiers, fleetLimits, 0, this.shared);
    this.fleet = new Fleet(fleetHistory, () => this.list, this.clock, this.shared);
    this.scratch = new SlidingWindow(fleetHistory.rings[0]!, this.shared);
    this.reader = new WindowReader(this.clock, tiers, this.scratch, this.shared);
  }

  recorder(service: string): Recorder {
    if (service === FLEET)
      throw new Error(`"${FLEET}" stands for all services; give the service another name.`);
    const known = this.services.get(service);
    if (known !== undefined) return known.recorder;
    const added = new Service(this.clock, this.slab, this.tiers, this.limits, this.created++);
    this.services.set(service, added);
    this.servicesChanged();
    return added.recorder;
  }

  remove(service: string): void {
    const removed = this.services.get(service);
    if (removed === undefined) return;
    if (removed.recorder.recorded > 0) this.fleet.take(removed.recorder, this.bench);
    removed.recorder.detach();
    this.services.delete(service);
    this.servicesChanged();
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

  gaugeSeries(service: string, gauge: string, from: number, to: number, points: number): Float64Array {
    const known = this.services.get(service);
    if (known === undefined) return new Float64Array(points).fill(Number.NaN);
    return known.recorder.gauges.series(gauge, from, to, points, this.clock.now);
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
    let bytes = this.shared.bytes;
    for (const service of this.list) bytes += service.ledger.bytes;
    return { services: this.list.length, bytes, rejected: this.clock.rejected, late: this.clock.late };
  }

  private subject(service: string): Subject | undefined {
    return service === FLEET ? this.fleet : this.services.get(service);
  }

  private servicesChanged(): void {
    this.list = [...this.services.values()];
    setLimits(this.limits, this.histogramBytes, this.list.length);
  }

  /** The open slot ends: what the services recorded becomes history, and coarser slots may be complete. */
  private closeSlot(next: number): void {
    const { slot } = this.clock;
    for (const service of this.list) {
      const { recorder, history } = service;
      if (recorder.recorded > 0) {
        this.fleet.take(recorder, this.bench);
        history.append(slot, this.bench.totals, this.bench.encoder);
      }
      history.rollUp(next, next - slot, this.bench);
    }
    this.fleet.close(slot, this.bench);
    this.fleet.history.rollUp(next, next - slot, this.bench);
  }
}
