import { type Gap, observedMs } from "../core/gaps.ts";
import type { Statistic } from "../core/measure.ts";
import type { Labels } from "../core/metric.ts";
import type { Failure, LifeSignState, Recorder } from "../core/observation.ts";
import type { ByteCount } from "./byte-count.ts";
import { Entities } from "./entity/entities.ts";
import { FleetSeries } from "./fleet.ts";
import { Histograms } from "./histograms.ts";
import { SlotClock } from "./recording/slot-clock.ts";
import { HistogramSeries } from "./series/histogram-series.ts";
import { KeptSeries } from "./series/kept-series.ts";
import { CounterSeries, GaugeSeries } from "./series/scalar-series.ts";
import { LIMITS, type StoreLimits, TIERS, type Tier } from "./slots/tiers.ts";
import type { Subject } from "./subject.ts";
import {
  type Bucket,
  type CounterWindow,
  type Covered,
  FLEET,
  type GaugeWindow,
  type HistogramWindow,
  type Series,
  type SeriesQuery,
  type Store,
  type StoreSelf,
  type WorstColumns,
  type WorstHandle,
  type WorstQuery,
} from "./types.ts";
import { counterValues, gaugeValues, histogramValues } from "./windows/series-values.ts";
import { WindowReader } from "./windows/window-reader.ts";
import {
  EMPTY_COUNTER,
  EMPTY_GAUGE,
  EMPTY_HISTOGRAM,
  PERCENTS,
  toWindow,
  watchedSeconds,
} from "./windows/window-stats.ts";
import { worstTiersFor } from "./worst/tiers.ts";
import { WorstValues } from "./worst/worst-values.ts";

/** Label sets and discovered entities are forgotten when they have not been seen for so long, ms. */
export const EXPIRE_AFTER_MS = 3_600_000;

export interface StoreOptions {
  /** From fine to coarse; TIERS when absent. See `tiersFor`. */
  readonly tiers?: readonly Tier[];
  /** What all entities together may take; what is absent is as in LIMITS. */
  readonly limits?: Partial<StoreLimits>;
  /** EXPIRE_AFTER_MS when absent. */
  readonly expireAfterMs?: number;
}

/** Every entity that is unknown has the same empty lists. */
const NO_SERIES: readonly Series[] = [];
const NO_FAILURES: readonly Failure[] = [];
/** The fleet is kept from the beginning and never anew. */
const FLEET_GENERATION = 1;

/**
 * Keeps the recent past of many entities in bounded memory; see Store. Call `advance` once before the first
 * observation: until then the store accepts any time.
 */
export function createStore(options: StoreOptions = {}): Store {
  return new WindowStore(
    options.tiers ?? TIERS,
    { ...LIMITS, ...options.limits },
    options.expireAfterMs ?? EXPIRE_AFTER_MS,
  );
}

class WindowStore implements Store {
  private readonly clock: SlotClock;
  /** What does not belong to one entity. */
  private readonly shared: ByteCount = { bytes: 0 };
  private readonly histograms: Histograms;
  private readonly entities: Entities;
  private readonly reader: WindowReader;
  private readonly percentiles = new Float64Array(PERCENTS.length);
  private readonly published: WorstValues;

  constructor(tiers: readonly Tier[], limits: StoreLimits, expireAfterMs: number) {
    this.clock = new SlotClock(tiers[0]!.slotMs, (next) => this.histograms.endSlot(next));
    let id = 0;
    const nextId = () => ++id;
    this.histograms = new Histograms(this.clock, tiers, limits, nextId, this.shared);
    this.published = new WorstValues(worstTiersFor(tiers[0]!.slotMs), limits.worstBytes, this.shared);
    const forgotten = (entity: string) => this.published.remove(entity);
    this.entities = new Entities(this.histograms, { tiers, limits, nextId, expireAfterMs, forgotten });
    this.reader = new WindowReader(this.clock, this.entities.budget, this.shared);
  }

  recorder(entity: string, expires = false): Recorder {
    if (entity === FLEET) throw new Error(`"${FLEET}" stands for all entities; use another name.`);
    return this.entities.keep(entity, expires);
  }

  publish(entity: string, measure: string, worse: "high" | "low"): WorstHandle {
    return this.published.handle(entity, measure, worse, this.clock.now);
  }

  remove(entity: string): void {
    this.entities.remove(entity);
  }

  observedFrom(entity: string, at: number): void {
    this.entities.get(entity)?.observedFrom(at);
  }

  notObserved(gap: Gap): void {
    this.clock.notObserved(gap);
  }

  advance(now: number): void {
    this.clock.advance(now);
    this.entities.expire(this.clock.now);
  }

  find(entity: string, metric: string, labels?: Labels): Series | undefined {
    if (entity === FLEET)
      return labels === undefined || Object.keys(labels).length === 0
        ? this.histograms.fleet.get(metric)
        : undefined;
    return this.entities.get(entity)?.find(metric, labels);
  }

  seriesOf(entity: string): readonly Series[] {
    if (entity === FLEET) return this.histograms.fleetList;
    return this.entities.get(entity)?.series ?? NO_SERIES;
  }

  covered(entity: string, windowMs: number, at: number): Covered {
    this.histograms.settle();
    const { archive, fleetArchive } = this.histograms;
    return this.reader.covered(entity === FLEET ? fleetArchive : archive, windowMs, at);
  }

  histogram(series: Series, windowMs: number, at: number, shape = true): HistogramWindow {
    const subject = subjectOf(series);
    if (subject === undefined) return EMPTY_HISTOGRAM;
    const { reader, percentiles } = this;
    this.histograms.settle();
    reader.readOnce(subject, windowMs, at, shape);
    if (shape) reader.percentiles(PERCENTS, percentiles);
    const seconds = watchedSeconds(reader.fromMs, reader.toMs, subject.watchedSince(), this.clock.gaps);
    return toWindow(reader.totals, seconds, shape ? percentiles : undefined);
  }

  counter(series: Series, windowMs: number, at: number): CounterWindow {
    if (!(series instanceof CounterSeries && series.kept)) return EMPTY_COUNTER;
    const span = this.span(windowMs, at);
    const { fromMs, toMs } = span;
    const increase = series.increase(span);
    const seconds = watchedSeconds(fromMs, toMs, this.keptSince(series.entity), this.clock.gaps);
    return { increase, rate: increase / seconds };
  }

  gauge(series: Series, windowMs: number, at: number): GaugeWindow {
    if (!(series instanceof GaugeSeries && series.kept)) return EMPTY_GAUGE;
    return series.window(this.span(this.freshMs(windowMs, at), at));
  }

  newest(series: Series, windowMs: number, at: number): number {
    if (!(series instanceof GaugeSeries && series.kept)) return Number.NaN;
    const { first, last } = this.span(this.freshMs(windowMs, at), at);
    // Usually asked at the newest instant: then the value is at hand.
    if (series.newestSlot <= last) return series.newestSlot > first ? series.newest : Number.NaN;
    return this.gauge(series, windowMs, at).last;
  }

  values(series: Series, statistic: Statistic, query: SeriesQuery): Float64Array {
    const span = (at: number) => this.span(query.windowMs, at);
    if (series instanceof CounterSeries && series.kept)
      return counterValues(series, statistic, query, span, this.keptSince(series.entity), this.clock.gaps);
    if (series instanceof GaugeSeries && series.kept) return gaugeValues(series, statistic, query, span);
    const subject = subjectOf(series);
    if (subject === undefined) return new Float64Array(query.points).fill(Number.NaN);
    this.histograms.settle();
    return histogramValues(this.reader, subject, statistic, query);
  }

  distribution(series: Series, windowMs: number, at: number): readonly Bucket[] {
    const subject = subjectOf(series);
    if (subject === undefined) return [];
    this.histograms.settle();
    this.reader.readOnce(subject, windowMs, at, true);
    return this.reader.buckets();
  }

  countWithin(series: Series, windowMs: number, at: number, limit: number): number {
    const subject = subjectOf(series);
    if (subject === undefined) return 0;
    this.histograms.settle();
    this.reader.readOnce(subject, windowMs, at, true);
    return this.reader.countWithin(limit);
  }

  worst(entity: string, measure: string, query: WorstQuery): WorstColumns | undefined {
    return this.published.columns(entity, measure, query);
  }

  lastSeen(entity: string): number | undefined {
    return this.entities.get(entity)?.lastSeen();
  }

  lastSet(series: Series): number | undefined {
    if (!(series instanceof KeptSeries && series.kept)) return undefined;
    return series.lastAt === Number.NEGATIVE_INFINITY ? undefined : series.lastAt;
  }

  lifeSigns(entity: string): readonly LifeSignState[] {
    return this.entities.get(entity)?.lifeSignStates() ?? [];
  }

  failures(entity: string, at?: number): readonly Failure[] {
    const { over, slotMs } = this.clock;
    const slot = at === undefined ? over : Math.min(over, Math.floor(at / slotMs));
    return this.entities.get(entity)?.failures.newestFirst(slot) ?? NO_FAILURES;
  }

  failuresKeptFrom(entity: string): number {
    const gone = this.entities.get(entity)?.failures.gone ?? Number.NEGATIVE_INFINITY;
    return gone * this.clock.slotMs;
  }

  keptSince(entity: string): number {
    if (entity === FLEET) return this.clock.begunAt;
    return this.entities.get(entity)?.keptSince() ?? Number.NaN;
  }

  generation(entity: string): number {
    if (entity === FLEET) return FLEET_GENERATION;
    return this.entities.get(entity)?.generation ?? 0;
  }

  self(): StoreSelf {
    const { clock, entities, histograms } = this;
    const { labelSets } = entities;
    return {
      entities: entities.count,
      series: entities.seriesCount,
      bytes: this.shared.bytes + histograms.bytes + entities.bytes,
      rejected: clock.rejected,
      late: clock.late,
      labelSets: labelSets.kept,
      labelSetsDropped: labelSets.dropped,
      droppedLabels: labelSets.examples,
      expired: entities.expired,
      failures: entities.failures.rows,
      failuresDropped: entities.failures.dropped,
    };
  }

  /**
   * A gauge is current for as long as nothing could set it: time in which the monitor did not run is added to its
   * window, once. After a longer stop it is unknown until it is set again.
   */
  private freshMs(windowMs: number, at: number): number {
    const { gaps } = this.clock;
    if (gaps.length === 0) return windowMs;
    return 2 * windowMs - observedMs(at - windowMs, at, gaps);
  }

  private span(windowMs: number, at: number) {
    this.histograms.settle();
    this.histograms.settle();
    return this.reader.span(this.histograms.archive, windowMs, at);
  }
}

/** The histogram that a series stands for; undefined for another type, and when it is no longer kept. */
function subjectOf(series: Series): Subject | undefined {
  if (series instanceof HistogramSeries) return series.kept ? series : undefined;
  return series instanceof FleetSeries ? series : undefined;
}
