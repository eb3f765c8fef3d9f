import type { Gap } from "../core/gaps.ts";
import type { Percentile, Statistic } from "../core/measure.ts";
import type { Labels, Metric } from "../core/metric.ts";
import type { Failure, LifeSignState, Recorder } from "../core/observation.ts";

/** The name under which the histograms of all entities together can be asked for (metrics with `fleet`). */
export const FLEET = "*";

/** One series: an entity, a metric and labels. A handle to ask about; one whose entity was removed answers as empty. */
export interface Series {
  /** Never used again for another series, not even after this one is gone. */
  readonly id: number;
  readonly entity: string;
  readonly metric: Metric;
  /** Undefined for the entity's own series of the metric. */
  readonly labels: Labels | undefined;
  /**
   * The newest `advance` when it was first asked for, ms since the epoch: at that time and before, its values are
   * unknown, not zero. NaN while no time was known.
   */
  readonly openedAt: number;
}

export interface SeriesQuery {
  /** First and last instant a value is wanted for, ms since the epoch; both are points of the answer. */
  readonly from: number;
  readonly to: number;
  /** Number of points, evenly spaced from `from` to `to`. */
  readonly points: number;
  /** Each point covers the window of this length that ends there, ms. */
  readonly windowMs: number;
}

/** The columns of a chart: column n covers from + n * stepMs < t <= from + (n + 1) * stepMs, ms since the epoch. */
export interface WorstQuery {
  readonly from: number;
  readonly stepMs: number;
  readonly columns: number;
  /** What was recorded later is left out, ms since the epoch. */
  readonly until: number;
  /** So long a value was shown until the next one was expected, ms. */
  readonly holdMs: number;
}

/** The worst recorded value of each column. */
export interface WorstColumns {
  /** NaN where nothing was recorded. */
  readonly values: Float64Array;
  /** Samples behind each value, 65,535 for more; NaN where nothing was recorded. */
  readonly samples: Float64Array;
  /** 1 where the value is that of a longer slot that overlaps the column: its instant may be in another one. */
  readonly blurred: Uint8Array;
  /** What was recorded up to then may be gone, ms since the epoch; -Infinity: nothing is gone. */
  readonly keptSince: number;
}

/** Records a value that was computed from others. Allocates nothing; not a sign of life. */
export interface WorstHandle {
  /** False once its entity was removed: then ask the store for another handle. */
  readonly kept: boolean;
  /** @param at ms since the epoch. @param value NaN is ignored. @param samples how many values are behind it */
  note(at: number, value: number, samples: number): void;
}

/** What a histogram recorded in a window. */
export interface HistogramWindow {
  readonly count: number;
  /** Values per second, over the part of the window in which the entity was watched. */
  readonly rate: number;
  /** NaN without values. */
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  /** NaN without values, or when the window is so old that its distribution is no longer kept. */
  readonly percentiles: Readonly<Record<Percentile, number>>;
}

/** How much a counter grew in a window. */
export interface CounterWindow {
  readonly increase: number;
  /** Per second, over the part of the window in which the entity was watched. */
  readonly rate: number;
}

/** What a gauge was in a window; NaN where it was not seen. */
export interface GaugeWindow {
  readonly last: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

/** What a window really shows: whole slots, the newest of which ended by the instant that was asked for. */
export interface Covered {
  /** Exclusive and inclusive, ms since the epoch. */
  readonly fromMs: number;
  readonly toMs: number;
  /** The length of the slots that it is made of, ms: older windows are made of longer ones. */
  readonly slotMs: number;
}

/** A bar of a distribution: values with low < value <= high, in the unit of the metric. */
export interface Bucket {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/**
 * What was recorded. Every question carries its own times, so that a screen which stands still, or has gone
 * back, gets the same answer again, until a slot that it needs is dropped; see `Covered`. Nothing from after the
 * asked instant, or after the newest `advance`, is included. Unknown entities and metrics answer as if nothing was
 * ever recorded.
 */
export interface StoreReader {
  /** Undefined while nothing asked for a handle to record into it. */
  find(entity: string, metric: string, labels?: Labels): Series | undefined;
  /** Every series of an entity, in the order in which they were first asked for. The same array until it changes. */
  seriesOf(entity: string): readonly Series[];
  /**
   * What a window of `windowMs` that ends at `at` covers, for everything of an entity, or the fleet: the numbers of
   * the methods below are those of this time, and rates are divided by it. The same object until the question changes.
   */
  covered(entity: string, windowMs: number, at: number): Covered;
  /** The window of `windowMs` that ends at `at`. @param shape false where no percentile is needed: cheaper */
  histogram(series: Series, windowMs: number, at: number, shape?: boolean): HistogramWindow;
  counter(series: Series, windowMs: number, at: number): CounterWindow;
  gauge(series: Series, windowMs: number, at: number): GaugeWindow;
  /** The newest value of a gauge in the window; NaN where it was not seen. Cheaper than `gauge`. */
  newest(series: Series, windowMs: number, at: number): number;
  /** One statistic at each point of a query; NaN where nothing is known. */
  values(series: Series, statistic: Statistic, query: SeriesQuery): Float64Array;
  /** The non-empty buckets of the window, rising. */
  distribution(series: Series, windowMs: number, at: number): readonly Bucket[];
  /** How many of the window's values are at most `limit`, interpolated within the bucket; NaN when unknown. */
  countWithin(series: Series, windowMs: number, at: number, limit: number): number;
  /** The worst published values of a measure in the columns of a chart; undefined when it is not recorded. */
  worst(entity: string, measure: string, query: WorstQuery): WorstColumns | undefined;
  /** The newest observation of any kind, ms since the epoch; undefined: never. */
  lastSeen(entity: string): number | undefined;
  /** When the newest value of a gauge was seen, ms since the epoch; undefined: never. */
  lastSet(series: Series): number | undefined;
  /** Signs of life that were ever seen or missed, as they are now: to be read at once, not to be kept. */
  lifeSigns(entity: string): readonly LifeSignState[];
  /**
   * The newest 20 failures by an instant (default: the newest `advance`), newest first: those that count in slots
   * that had ended. Equal reasons of a slot are one. The same array until there is another.
   */
  failures(entity: string, at?: number): readonly Failure[];
  /** All failures after this instant are kept, ms since the epoch; -Infinity: none was dropped. */
  failuresKeptFrom(entity: string): number;
  /** Since when the entity has been kept, ms since the epoch; NaN when it is unknown. */
  keptSince(entity: string): number;
  /** Differs each time an entity is added anew: what was remembered of an earlier one is void. 0: unknown. */
  generation(entity: string): number;
}

/** Rolling windows of observations, per entity. */
export interface Store extends StoreReader {
  /**
   * Begins to keep an entity. Asking again for the same one gives the same recorder.
   * @param expires forget it when it has not been seen for a while; for entities that were discovered
   */
  recorder(entity: string, expires?: boolean): Recorder;
  /**
   * Records what is published of a measure of an entity, or of the FLEET: of each slot the highest value, or the
   * lowest. Asking again gives the same handle.
   */
  publish(entity: string, measure: string, worse: "high" | "low"): WorstHandle;
  /** Forgets an entity and everything recorded about it. */
  remove(entity: string): void;
  /** An entity that was never seen is observed from `at` on, ms since the epoch: rates do not count the time before. */
  observedFrom(entity: string, at: number): void;
  /**
   * Nothing could be recorded in this time, because the monitor did not run: rates do not count it. To be called
   * in order, before anything is asked about it.
   */
  notObserved(gap: Gap): void;
  /** Time has come this far, ms since the epoch: slots that have ended are closed. */
  advance(now: number): void;
  /** What the store itself costs and has refused. */
  self(): StoreSelf;
}

export interface StoreSelf {
  readonly entities: number;
  readonly series: number;
  readonly bytes: number;
  /** Values that cannot be right: not a number, outside the metric's range, or from a clock that ran back. */
  readonly rejected: number;
  /** Observations whose slot had closed before they came. */
  readonly late: number;
  /** Labelled series that are kept, of all entities. */
  readonly labelSets: number;
  /** Observations that counted for their entity alone because there was no room for their labels. */
  readonly labelSetsDropped: number;
  /** Some of those label sets, as `entity metric{name="value"}`. */
  readonly droppedLabels: readonly string[];
  /** Label sets and entities that were forgotten because they had not been seen for a while. */
  readonly expired: number;
  /** Failures that are kept, in rows of one reason in one slot, and those dropped to make room. */
  readonly failures: number;
  readonly failuresDropped: number;
}
