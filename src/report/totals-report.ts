import type { EntitySnapshot } from "../monitor/types.ts";

/** All services together. Latencies in ms, rounded to 2 decimals. */
export interface TotalsReport {
  /** The sums of the services' counts, each over its own window. */
  readonly request_count: number;
  readonly error_count: number;
  /** error_count / request_count, 6 decimals; 0 without requests. */
  readonly error_rate: number;
  /** Requests per second: the sum, 2 decimals. */
  readonly request_rate: number;
  /** Of all requests in the last `window_ms`; this and the next two are null without requests. */
  readonly p50_latency: number | null;
  readonly p95_latency: number | null;
  readonly p99_latency: number | null;
}

/** @param fleet a measure of all entities together; NaN if unknown */
export function totalsReport(
  services: readonly EntitySnapshot[],
  fleet: (measure: string) => number,
): TotalsReport {
  const sum = (measure: string) =>
    services.reduce((total, { values }) => {
      const value = values[measure] ?? Number.NaN;
      return Number.isFinite(value) ? total + value : total;
    }, 0);
  const latency = (measure: string) => {
    const value = fleet(measure);
    return Number.isFinite(value) ? Number(value.toFixed(2)) : null;
  };
  const requests = sum("requests");
  const errors = sum("errors");
  return {
    request_count: requests,
    error_count: errors,
    error_rate: requests > 0 ? Number((errors / requests).toFixed(6)) : 0,
    request_rate: Number(sum("request_rate").toFixed(2)),
    p50_latency: latency("p50"),
    p95_latency: latency("p95"),
    p99_latency: latency("p99"),
  };
}
