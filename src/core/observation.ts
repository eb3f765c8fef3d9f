/** What tells the series of one service apart, such as endpoint, region or instance: names and their values. */
export type Labels = Readonly<Record<string, string>>;

/**
 * Where a source puts the requests it saw. Calls instead of objects: nothing is allocated for an observation.
 */
export interface RequestRecorder {
  /**
   * A request that ended at `at` (ms since the epoch): how long it took (ms), whether it succeeded, and if
   * not, why.
   */
  request(at: number, latencyMs: number, ok: boolean, error?: string): void;
}

/** Where a source puts what it saw of one service. All times are ms since the epoch. */
export interface Recorder extends RequestRecorder {
  /**
   * Where requests go that carry these labels; they count for the service as well. Ask once and keep it: the
   * same labels give the same recorder. Once a service has as many label sets as the store allows, the
   * requests of further ones count for the service alone, and the store tells that it dropped their labels.
   */
  labelled(labels: Labels): RequestRecorder;
  /** A health check: did the service say it is well? */
  check(at: number, pass: boolean, reason?: string): void;
  /** A sign of life. */
  heartbeat(at: number): void;
  /** The level of something: `cpu` and `memory` in percent, other names in the unit the source documents. */
  gauge(at: number, name: string, value: number): void;
  /** Something that only grows did so, by this much: `retries`, `restarts`, other names as the source documents. */
  count(at: number, name: string, by: number): void;
}

/** The gauges every room knows by name. */
export const CPU = "cpu";
export const MEMORY = "memory";
