import type { Labels, Metric } from "./metric.ts";

/**
 * Records the observations of one entity. Resolve handles once and keep them; recording through a handle
 * does not allocate. All times are ms since the epoch. Invalid input (NaN, negative or infinite values, a
 * time far in the past) is rejected and counted.
 */
export interface Recorder {
  /**
   * A histogram series. A labelled handle also records into the entity's unlabelled series of that metric.
   * When an entity reaches the store's limit of label sets, values of further sets are recorded without
   * labels.
   */
  histogram(metric: Metric<"histogram">, labels?: Labels): HistogramHandle;
  /** As `histogram`: a labelled counter also counts for the entity. */
  counter(metric: Metric<"counter">, labels?: Labels): CounterHandle;
  /** A labelled gauge is a separate series, because levels cannot be added up. */
  gauge(metric: Metric<"gauge">, labels?: Labels): GaugeHandle;
  /** A sign of life, such as "heartbeat" or "passing health check". It can be reported as missing. */
  lifeSign(name: string): LifeSign;
  /** Records a failure with a short reason. Failures are kept by time and shown on screen. */
  failure(at: number, reason: string): void;
}

export interface HistogramHandle {
  /** Records one value. Returns false if it was rejected. */
  record(at: number, value: number): boolean;
  /**
   * Records pre-aggregated buckets: `counts[i]` values above `bounds[i - 1]` and up to `bounds[i]`; the last
   * count is above all bounds, so there is one count more than bounds. `sum` is the sum of all values, if
   * known. Returns false if the buckets were rejected.
   */
  recordBuckets(at: number, bounds: ArrayLike<number>, counts: ArrayLike<number>, sum?: number): boolean;
}

export interface CounterHandle {
  /** Increases the counter by `by` (at least 0; 0 means no change). */
  add(at: number, by: number): void;
}

export interface GaugeHandle {
  set(at: number, value: number): void;
}

export interface LifeSign {
  seen(at: number): void;
  /** It was requested but did not arrive; from now on it is expected. */
  missed(at: number): void;
}

/** The newest value of a gauge and its time (ms since the epoch). */
export interface GaugeReading {
  readonly value: number;
  readonly at: number;
}

/** A failure and when it last occurred. */
export interface Failure {
  readonly at: number;
  readonly reason: string;
  /** How often it occurred within one slot of the store; absent: once. */
  readonly count?: number;
}

/** When a sign of life was last seen, ms since the epoch; undefined: expected but never seen. */
export interface LifeSignState {
  readonly name: string;
  readonly lastSeenAt: number | undefined;
}
