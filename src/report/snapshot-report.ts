import type { Alert } from "../core/alert.ts";
import type { Health } from "../core/health.ts";
import type { ServiceSnapshot, Snapshot } from "../monitor/types.ts";

/** One service in a report. Latencies in ms, rounded to 2 decimals. */
export interface ServiceReport {
  readonly name: string;
  readonly source: string;
  readonly health: Health;
  /** Why it is not healthy; empty when it is. */
  readonly reasons: readonly string[];
  /** The window that the numbers speak of, ms. */
  readonly window_ms: number;
  readonly request_count: number;
  readonly error_count: number;
  /** 0..1, 6 decimals. */
  readonly error_rate: number;
  /** Requests a second, 2 decimals. */
  readonly request_rate: number;
  /** Percent, 4 decimals; null where nothing was asked of it. */
  readonly availability: number | null;
  readonly p50_latency: number;
  readonly p95_latency: number;
  readonly p99_latency: number;
  readonly mean_latency: number;
  /** Percent, 2 decimals; null where nobody says. */
  readonly cpu: number | null;
  readonly memory: number | null;
}

/** One alert in a report. */
export interface AlertReport {
  readonly service: string;
  readonly severity: Alert["severity"];
  readonly rule: string;
  readonly state: Alert["state"];
  readonly message: string;
  /** ISO 8601, UTC. */
  readonly started_at: string;
}

/** The report of `snapshot`. Keys are only ever added. */
export interface SnapshotReport {
  /** The worst of all services. */
  readonly overall_health: Health;
  readonly service_count: number;
  /** All alerts that are known, resolved ones included. */
  readonly alert_count: number;
  /** In the order of the config. */
  readonly services: readonly ServiceReport[];
  /** The newest 20. */
  readonly alerts: readonly AlertReport[];
  readonly summary: Readonly<Record<Health, number>>;
  /** The instant the report speaks of, ISO 8601, UTC. */
  readonly at: string;
  readonly ticks: number;
  readonly tick_ms: number;
  readonly window_ms: number;
  readonly seed: number;
}

const MOST_ALERTS = 20;

/** A snapshot as plain data with a fixed order of keys and fixed decimals: equal runs give equal bytes. */
export function snapshotReport(snapshot: Snapshot, seed: number): SnapshotReport {
  const { healthy, degraded, critical, down, unknown } = snapshot.counts;
  return {
    overall_health: snapshot.health,
    service_count: snapshot.services.length,
    alert_count: snapshot.alerts.length,
    services: snapshot.services.map(serviceReport),
    alerts: snapshot.alerts.toSorted(newestFirst).slice(0, MOST_ALERTS).map(alertReport),
    summary: { healthy, degraded, critical, down, unknown },
    at: new Date(snapshot.at).toISOString(),
    ticks: snapshot.tick,
    tick_ms: snapshot.tickMs,
    window_ms: snapshot.windowMs,
    seed,
  };
}

function serviceReport({
  name,
  source,
  health,
  reasons,
  stats,
  cpu,
  memory,
}: ServiceSnapshot): ServiceReport {
  return {
    name,
    source,
    health,
    reasons,
    window_ms: stats.windowMs,
    request_count: stats.requestCount,
    error_count: stats.errorCount,
    error_rate: round(stats.errorRate, 6),
    request_rate: round(stats.requestRate, 2),
    availability: orNull(stats.availability, 4),
    p50_latency: round(stats.p50, 2),
    p95_latency: round(stats.p95, 2),
    p99_latency: round(stats.p99, 2),
    mean_latency: round(stats.mean, 2),
    cpu: orNull(cpu, 2),
    memory: orNull(memory, 2),
  };
}

function alertReport({ service, severity, rule, state, message, startedAt }: Alert): AlertReport {
  return { service, severity, rule, state, message, started_at: new Date(startedAt).toISOString() };
}

function newestFirst(a: Alert, b: Alert): number {
  return b.startedAt - a.startedAt || b.id - a.id;
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

function orNull(value: number | undefined, decimals: number): number | null {
  return value === undefined ? null : round(value, decimals);
}
