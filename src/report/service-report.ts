import type { Health } from "../core/health.ts";
import type { Values } from "../core/measure.ts";
import type { EntitySnapshot } from "../monitor/types.ts";

/** One service or host in a report. Latencies in ms, rounded to 2 decimals. */
export interface ServiceReport {
  readonly name: string;
  readonly source: string;
  readonly health: Health;
  /** Why it is not healthy; empty if it is. */
  readonly reasons: readonly string[];
  /** The window of the values, ms. */
  readonly window_ms: number;
  readonly request_count: number;
  readonly error_count: number;
  /** 0..1, 6 decimals; 0 without requests. */
  readonly error_rate: number;
  /** Requests per second, 2 decimals. */
  readonly request_rate: number;
  /** Percent, 4 decimals; null without checks and requests. */
  readonly availability: number | null;
  /** This and the next three values are 0 without requests. */
  readonly p50_latency: number;
  readonly p95_latency: number;
  readonly p99_latency: number;
  readonly mean_latency: number;
  /** Percent, 2 decimals; null when not reported. */
  readonly cpu: number | null;
  readonly memory: number | null;
}

/** The snapshot of a service, with the keys that reports had before other entity kinds existed. */
export function serviceReport(entity: EntitySnapshot): ServiceReport {
  const { name, origin, health, reasons, windowMs, values } = entity;
  return {
    name,
    source: origin,
    health,
    reasons,
    window_ms: windowMs,
    request_count: orZero(values, "requests", 0),
    error_count: orZero(values, "errors", 0),
    error_rate: orZero(values, "error_rate", 6),
    request_rate: orZero(values, "request_rate", 2),
    availability: orNull(values, "availability", 4),
    p50_latency: orZero(values, "p50", 2),
    p95_latency: orZero(values, "p95", 2),
    p99_latency: orZero(values, "p99", 2),
    mean_latency: orZero(values, "mean_latency", 2),
    cpu: orNull(values, "cpu", 2),
    memory: orNull(values, "memory", 2),
  };
}

function orZero(values: Values, measure: string, decimals: number): number {
  return orNull(values, measure, decimals) ?? 0;
}

/** Null for an unknown value. */
function orNull(values: Values, measure: string, decimals: number): number | null {
  const value = values[measure];
  return value === undefined || !Number.isFinite(value) ? null : Number(value.toFixed(decimals));
}
