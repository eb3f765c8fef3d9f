/** What happened to one service's requests and checks within a window of time. */
export interface WindowStats {
  /** Length of the window, ms. */
  readonly windowMs: number;
  readonly requestCount: number;
  readonly errorCount: number;
  /** Requests a second, over the part of the window in which the service has been watched. */
  readonly requestRate: number;
  /** 0..1; 0 without requests. */
  readonly errorRate: number;
  /** Percent of health checks passed; of requests succeeded where nothing is checked; undefined without either. */
  readonly availability: number | undefined;
  readonly checkCount: number;
  readonly failedCheckCount: number;
  /** Latencies, ms; 0 without requests. Relative error of the percentiles at most 1 %. */
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

/** The newest value of a gauge, and when it was seen (ms since the epoch). */
export interface GaugeReading {
  readonly value: number;
  readonly at: number;
}

/** One failed request or check, as last seen. */
export interface Failure {
  readonly at: number;
  readonly reason: string;
}

/**
 * All that health and rules may know of a service at one instant. Times are ms since the epoch;
 * `undefined` means "never seen".
 */
export interface ServiceReading {
  readonly service: string;
  readonly at: number;
  readonly stats: WindowStats;
  readonly gauges: ReadonlyMap<string, GaugeReading>;
  /** The newest observation of any kind. */
  readonly lastSeenAt: number | undefined;
  readonly lastHeartbeatAt: number | undefined;
  /** The newest health check that passed. */
  readonly lastPassAt: number | undefined;
  /** The newest health check, passed or not. */
  readonly lastCheckAt: number | undefined;
  /** Since when the monitor has been looking without a gap: its start, or its awakening after a sleep. */
  readonly watchedSince: number;
  /** How often the source means to look, ms; the measure for "missing" and "stale". */
  readonly cadenceMs: number;
}
