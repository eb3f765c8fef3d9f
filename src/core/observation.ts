/**
 * Where a source puts what it saw of one service. Calls instead of objects: nothing is allocated for an
 * observation. All times are ms since the epoch.
 */
export interface Recorder {
  /** A request that ended at `at`: how long it took (ms), whether it succeeded, and if not, why. */
  request(at: number, latencyMs: number, ok: boolean, error?: string): void;
  /** A health check: did the service say it is well? */
  check(at: number, pass: boolean, reason?: string): void;
  /** A sign of life. */
  heartbeat(at: number): void;
  /** The level of something: `cpu` and `memory` in percent, other names in the unit the source documents. */
  gauge(at: number, name: string, value: number): void;
}

/** The gauges every room knows by name. */
export const CPU = "cpu";
export const MEMORY = "memory";
