import type { Alert } from "../core/alert.ts";
import type { EntityKind } from "../core/entity.ts";
import type { Health } from "../core/health.ts";
import type { LogLevel } from "../core/log.ts";
import type { EntitySnapshot, Snapshot } from "../monitor/types.ts";
import { type ServiceReport, serviceReport } from "./service-report.ts";
import { type TotalsReport, totalsReport } from "./totals-report.ts";

/** One alert in a report. */
export interface AlertReport {
  /** The name of the entity, of any kind. */
  readonly service: string;
  readonly severity: Alert["severity"];
  readonly rule: string;
  readonly state: Alert["state"];
  readonly message: string;
  /** ISO 8601, UTC. */
  readonly started_at: string;
}

/** One entity of any kind in a report. */
export interface EntityReport {
  readonly name: string;
  readonly kind: string;
  /** Where its observations come from: the name of a world or a source kind. */
  readonly world: string;
  readonly health: Health;
  /** Why it is not healthy; empty if it is. */
  readonly reasons: readonly string[];
  /** By measure id, in the unit of the measure, 6 significant digits; null if unknown. */
  readonly measures: Readonly<Record<string, number | null>>;
}

/** The report of `snapshot`. Keys are only added, never removed. */
export interface SnapshotReport {
  /** The worst health of all entities. */
  readonly overall_health: Health;
  /** The length of `services`. */
  readonly service_count: number;
  /** All known alerts, resolved ones included. */
  readonly alert_count: number;
  /** The entities of the config's `services`, and services of worlds; in the order of the config. */
  readonly services: readonly ServiceReport[];
  /** The newest 20. */
  readonly alerts: readonly AlertReport[];
  /** The number of entities by health. */
  readonly summary: Readonly<Record<Health, number>>;
  /** All `services` together. */
  readonly totals: TotalsReport;
  /** The time of the report, ISO 8601, UTC. */
  readonly at: string;
  readonly ticks: number;
  readonly tick_ms: number;
  readonly window_ms: number;
  readonly seed: number;
  /** All entities, in the order of the config. */
  readonly entities: readonly EntityReport[];
  /** Records of the monitor's own log, by level. */
  readonly log_events: Readonly<Record<LogLevel, number>>;
}

/** The part of the config that a report needs. */
export interface ReportedConfig {
  readonly seed: number;
  readonly origins: readonly { readonly name: string; readonly type: "source" | "world" }[];
}

const MAX_ALERTS = 20;

/**
 * Converts a snapshot to plain data with fixed key order and decimals, so that equal runs give equal bytes.
 * @param kinds all entity kinds by name
 * @param fleet a measure of all entities together, over the window of the snapshot; NaN if unknown
 */
export function snapshotReport(
  snapshot: Snapshot,
  config: ReportedConfig,
  kinds: ReadonlyMap<string, EntityKind>,
  fleet: (measure: string) => number,
): SnapshotReport {
  const { healthy, degraded, critical, down, unknown } = snapshot.counts;
  const sources = new Set(config.origins.filter(({ type }) => type === "source").map(({ name }) => name));
  const services = snapshot.entities.filter(({ kind, origin }) => kind === "service" || sources.has(origin));
  return {
    overall_health: snapshot.health,
    service_count: services.length,
    alert_count: snapshot.alerts.length,
    services: services.map(serviceReport),
    alerts: snapshot.alerts.toSorted(newestFirst).slice(0, MAX_ALERTS).map(alertReport),
    summary: { healthy, degraded, critical, down, unknown },
    totals: totalsReport(services, fleet),
    at: new Date(snapshot.at).toISOString(),
    ticks: snapshot.tick,
    tick_ms: snapshot.tickMs,
    window_ms: snapshot.windowMs,
    seed: config.seed,
    entities: snapshot.entities.map((entity) => entityReport(entity, kinds.get(entity.kind))),
    log_events: snapshot.log.counts,
  };
}

function alertReport({ entity, severity, rule, state, message, startedAt }: Alert): AlertReport {
  return { service: entity, severity, rule, state, message, started_at: new Date(startedAt).toISOString() };
}

function entityReport(entity: EntitySnapshot, entityKind: EntityKind | undefined): EntityReport {
  const { name, kind, origin, health, reasons, values } = entity;
  const measures = (entityKind?.measures ?? [])
    .filter(({ onDemand }) => onDemand !== true)
    .map(({ id }) => [id, significant(values[id])] as const);
  return { name, kind, world: origin, health, reasons, measures: Object.fromEntries(measures) };
}

function significant(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(6));
}

function newestFirst(a: Alert, b: Alert): number {
  return b.startedAt - a.startedAt || b.id - a.id;
}
