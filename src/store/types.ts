import type { Labels, Recorder } from "../core/observation.ts";
import type { Failure, GaugeReading, WindowStats } from "../core/reading.ts";

/** What can be drawn over time. Percentiles in ms, rates per second, shares 0..1. */
export const METRICS = ["p50", "p90", "p95", "p99", "p99.9", "rate", "error_rate", "availability"] as const;
export type Metric = (typeof METRICS)[number];

/** What is told of a gauge in a step of time: the newest value seen in it, or its extremes and mean there. */
export type GaugeValue = "last" | "min" | "mean" | "max";

/** The name under which the requests of all services together can be asked for. */
export const FLEET = "*";

export interface SeriesQuery {
  readonly metric: Metric;
  /** First and last instant a value is wanted for, ms since the epoch; both are points of the answer. */
  readonly from: number;
  readonly to: number;
  /** Number of points, evenly spaced from `from` to `to`. */
  readonly points: number;
  /** Each point speaks of the window of this length that ends there, ms. */
  readonly windowMs: number;
}

/** A bar of a latency distribution: requests with lowMs <= latency < highMs. */
export interface LatencyBucket {
  readonly lowMs: number;
  readonly highMs: number;
  readonly count: number;
}

/** One series of a service's requests, told apart by labels. */
export interface LabelSet {
  readonly labels: Labels;
  /** The name to ask everything else about it: `payment-service{endpoint="/refund",region="eu"}`. */
  readonly series: string;
}

/** When things were last seen, ms since the epoch; undefined: never. */
export interface LastSeen {
  readonly any: number | undefined;
  readonly request: number | undefined;
  readonly check: number | undefined;
  readonly pass: number | undefined;
  readonly heartbeat: number | undefined;
}

/**
 * What the past looked like. Every question carries its own times, so that a screen which stands still,
 * or has gone back, gets the same answer again. Unknown services answer as if nothing was ever seen.
 */
export interface History {
  /** The window of `windowMs` that ends at `at`. */
  stats(service: string, windowMs: number, at: number): WindowStats;
  /** NaN where nothing is known. */
  series(service: string, query: SeriesQuery): Float64Array;
  /** The non-empty buckets of the window, rising. */
  distribution(service: string, windowMs: number, at: number): readonly LatencyBucket[];
  /** 0..1: of the window's requests, those that took at most `thresholdMs` (within 1 % of it); NaN without any. */
  shareWithin(service: string, windowMs: number, at: number, thresholdMs: number): number;
  /** A gauge in each of `points` even steps from `from` to `to`; NaN where none was seen. */
  gaugeSeries(
    service: string,
    gauge: string,
    from: number,
    to: number,
    points: number,
    of?: GaugeValue,
  ): Float64Array;
  /** How much each counter grew a second in the window of `windowMs` that ends at `at`. */
  counterRates(service: string, windowMs: number, at: number): ReadonlyMap<string, number>;
  /** How much a counter grew a second in each of `points` even steps from `from` to `to`; NaN before it was watched. */
  counterSeries(service: string, counter: string, from: number, to: number, points: number): Float64Array;
  /** The label sets of a service's requests, in the order in which they were first seen. */
  labelSets(service: string): readonly LabelSet[];
}

/** Rolling windows of observations, per service. */
export interface Store extends History {
  /** Begins to keep a service. Asking again for the same one gives the same recorder. */
  recorder(service: string): Recorder;
  /** Forgets a service and everything it said. */
  remove(service: string): void;
  /** Tells the store how late it is (ms since the epoch): slots that have ended are closed. */
  advance(now: number): void;
  gauges(service: string): ReadonlyMap<string, GaugeReading>;
  lastSeen(service: string): LastSeen;
  /** The newest failures, newest first, at most 20. */
  failures(service: string): readonly Failure[];
  /** What the store itself costs and has refused. */
  self(): StoreSelf;
}

export interface StoreSelf {
  readonly services: number;
  readonly bytes: number;
  /** Observations that cannot be: not a number, negative, infinite, a latency over a day, a clock that ran back. */
  readonly rejected: number;
  /** Observations whose slot had closed before they came. */
  readonly late: number;
  /** Label sets that are kept, of all services. */
  readonly labelSets: number;
  /** Requests that counted for their service alone because there was no room for their labels. */
  readonly labelSetsDropped: number;
  /** Some of those label sets, as names of series. */
  readonly droppedLabels: readonly string[];
}
