/**
 * The store's promises in their plainest form: everything is kept in lists, every answer sorts them anew.
 * Times in ms, slots of one second; slot n holds (n - 1) * 1000 < t <= n * 1000.
 */
export interface SeenRequest {
  readonly slot: number;
  readonly service: string;
  readonly latency: number;
  readonly ok: boolean;
}
export interface SeenCheck {
  readonly slot: number;
  readonly service: string;
  readonly pass: boolean;
}

export const slotOf = (at: number) => Math.ceil(at / 1000);

/** First (exclusive) and last slot of the window of `windowMs` that ends at `at`. */
export const slotsOf = (windowMs: number, at: number): [number, number] => [
  Math.floor((at - windowMs) / 1000),
  slotOf(at),
];

/** The value of rank ceil(percent * n / 100); percents have one decimal at most. */
export function exactPercentile(latencies: readonly number[], percent: number): number {
  const sorted = Float64Array.from(latencies).sort();
  return sorted[Math.max(1, Math.ceil((Math.round(percent * 10) * sorted.length) / 1000)) - 1] ?? 0;
}

export function exactStats(
  requests: readonly SeenRequest[],
  checks: readonly SeenCheck[],
  services: readonly string[],
  windowMs: number,
  at: number,
) {
  const [from, to] = slotsOf(windowMs, at);
  const inside = (seen: { slot: number; service: string }) =>
    seen.slot > from && seen.slot <= to && services.includes(seen.service);
  const mine = requests.filter(inside);
  const latencies = mine.map((request) => request.latency);
  const mineChecks = checks.filter(inside);
  const errors = mine.filter((request) => !request.ok).length;
  const failed = mineChecks.filter((check) => !check.pass).length;
  return {
    requestCount: mine.length,
    errorCount: errors,
    errorRate: mine.length > 0 ? errors / mine.length : 0,
    checkCount: mineChecks.length,
    failedCheckCount: failed,
    availability:
      mineChecks.length > 0
        ? (100 * (mineChecks.length - failed)) / mineChecks.length
        : mine.length > 0
          ? (100 * (mine.length - errors)) / mine.length
          : undefined,
    p50: exactPercentile(latencies, 50),
    p90: exactPercentile(latencies, 90),
    p95: exactPercentile(latencies, 95),
    p99: exactPercentile(latencies, 99),
    p999: exactPercentile(latencies, 99.9),
    mean: mine.length > 0 ? latencies.reduce((sum, latency) => sum + latency, 0) / mine.length : 0,
    min: mine.length > 0 ? Math.min(...latencies) : 0,
    max: mine.length > 0 ? Math.max(...latencies) : 0,
  };
}
