import type { Labels, Metric } from "./metric.ts";

/**
 * Where a source records what it observes of one entity. Handles are resolved once and kept; recording through
 * them allocates nothing. All times are ms since the epoch. What cannot be right (NaN, negative or infinite
 * values, a time far in the past) is rejected and counted.
 */
export interface Recorder {
  /**
   * A series of a histogram. A labelled handle also counts for the entity's own series of that metric. When an
   * entity has as many label sets as the store allows, values of further sets count for the entity alone.
   */
  histogram(metric: Metric<"histogram">, labels?: Labels): HistogramHandle;
  /** As `histogram`: what a labelled counter counts also counts for the entity. */
  counter(metric: Metric<"counter">, labels?: Labels): CounterHandle;
  /** A labelled gauge is a series of its own: levels of different things cannot be added up. */
  gauge(metric: Metric<"gauge">, labels?: Labels): GaugeHandle;
  /** A sign of life that can be missing, such as "heartbeat" or "passing health check". */
  lifeSign(name: string): LifeSign;
  /** Something failed, with its reason in a few words. The newest failures are kept for the screen. */
  failure(at: number, reason: string): void;
}

export interface HistogramHandle {
  /** One value. Returns false when it was rejected. */
  record(at: number, value: number): boolean;
  /**
   * Values that were counted elsewhere: `counts[i]` values above `bounds[i - 1]` and up to `bounds[i]`, the last
   * count above all bounds, so there is one count more than bounds. `sum` is that of all values, when known.
   * Returns false when it was rejected.
   */
  recordBuckets(at: number, bounds: ArrayLike<number>, counts: ArrayLike<number>, sum?: number): boolean;
}

export interface CounterHandle {
  /** It grew by `by` (at least 0; 0 says that it stands still). */
  add(at: number, by: number): void;
}

export interface GaugeHandle {
  set(at: number, value: number): void;
}

export interface LifeSign {
  seen(at: number): void;
  /** It was asked for and did not come; from now on it is expected. */
  missed(at: number): void;
}

/** The newest value of a gauge, and when it was seen (ms since the epoch). */
export interface GaugeReading {
  readonly value: number;
  readonly at: number;
}

/** One failure, as last seen. */
export interface Failure {
  readonly at: number;
  readonly reason: string;
}

/** When a sign of life was last seen, ms since the epoch; undefined: it was expected and never seen. */
export interface LifeSignState {
  readonly name: string;
  readonly lastSeenAt: number | undefined;
}
