import type { Alert } from "../../src/core/alert.ts";
import { HEALTHS, type Health, worstHealth } from "../../src/core/health.ts";
import type { EntitySnapshot, Snapshot } from "../../src/monitor/types.ts";

/** The time of these snapshots: 2026-01-01T00:00:30Z. */
export const AT = 1_767_225_630_000;

/** A snapshot with default values except for the given ones. */
export function snapshotOf(parts: {
  readonly entities: readonly (Partial<EntitySnapshot> & { readonly name: string })[];
  readonly alerts?: readonly Alert[];
}): Snapshot {
  const entities = parts.entities.map(
    (entity): EntitySnapshot => ({
      kind: "service",
      origin: "simulated",
      labels: {},
      links: [],
      linkedFrom: [],
      health: "healthy",
      reasons: [],
      levels: {},
      healthSince: AT,
      windowMs: 15_000,
      covers: { fromMs: AT - 15_000, toMs: AT, slotMs: 500 },
      values: {},
      limits: {},
      lastSeenAt: AT,
      failures: [],
      breakable: true,
      problem: undefined,
      ...entity,
    }),
  );
  const count = (health: Health) => entities.filter((entity) => entity.health === health).length;
  return {
    tick: 60,
    at: AT,
    startedAt: AT - 30_000,
    tickMs: 500,
    windowMs: 15_000,
    covers: { fromMs: AT - 15_000, toMs: AT, slotMs: 500 },
    health: worstHealth(entities.map((entity) => entity.health)),
    counts: Object.fromEntries(HEALTHS.map((health) => [health, count(health)])) as Record<Health, number>,
    entities,
    alerts: parts.alerts ?? [],
    incidents: [],
    rules: [],
    silences: [],
    maintenance: [],
    faults: [],
    events: [],
    notifications: undefined,
    log: { counts: { debug: 1, info: 2, warn: 3, error: 4 }, tail: [], file: undefined, problem: undefined },
    self: {
      lagMs: 0,
      aheadMs: 0,
      worstLagMs: 0,
      skippedTicks: 0,
      tickMs: 0,
      storeBytes: 0,
      series: 0,
      rejected: 0,
      late: 0,
      labelSets: 0,
      labelSetsDropped: 0,
      droppedLabels: [],
      expired: 0,
      failures: 0,
      failuresDropped: 0,
      logEntries: 0,
      logDropped: 0,
      logBytes: 0,
      alertEntries: 0,
      alertsDropped: 0,
      incidentEntries: 0,
      incidentsDropped: 0,
    },
    config: { name: "test.yaml", problem: undefined },
  };
}
