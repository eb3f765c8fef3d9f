import type { Alert } from "../../src/core/alert.ts";
import { HEALTHS, type Health, worstHealth } from "../../src/core/health.ts";
import type { WindowStats } from "../../src/core/reading.ts";
import { thresholdsSchema } from "../../src/health/thresholds.ts";
import type { ServiceSnapshot, Snapshot } from "../../src/monitor/types.ts";
import { emptyStats } from "../../src/store/windows/window-stats.ts";

/** Where time stands in these snapshots: 2026-01-01T00:00:30Z. */
export const AT = 1_767_225_630_000;

export const QUIET: WindowStats = emptyStats(15_000);

/** A snapshot in which only what is given is out of the ordinary. */
export function snapshotOf(parts: {
  readonly services: readonly (Partial<ServiceSnapshot> & { readonly name: string })[];
  readonly alerts?: readonly Alert[];
}): Snapshot {
  const services = parts.services.map(
    (service): ServiceSnapshot => ({
      source: "simulated",
      labels: {},
      health: "healthy",
      reasons: [],
      healthSince: AT,
      stats: QUIET,
      thresholds: thresholdsSchema.parse({}),
      cpu: undefined,
      memory: undefined,
      gauges: new Map(),
      counters: new Map(),
      lastSeenAt: AT,
      calls: [],
      calledBy: [],
      failures: [],
      breakable: true,
      problem: undefined,
      ...service,
    }),
  );
  const count = (health: Health) => services.filter((service) => service.health === health).length;
  return {
    tick: 60,
    at: AT,
    startedAt: AT - 30_000,
    tickMs: 500,
    windowMs: 15_000,
    health: worstHealth(services.map((service) => service.health)),
    counts: Object.fromEntries(HEALTHS.map((health) => [health, count(health)])) as Record<Health, number>,
    services,
    alerts: parts.alerts ?? [],
    faults: [],
    events: [],
    self: {
      lagMs: 0,
      worstLagMs: 0,
      skippedTicks: 0,
      tickMs: 0,
      storeBytes: 0,
      rejected: 0,
      late: 0,
      labelSets: 0,
      labelSetsDropped: 0,
      droppedLabels: [],
    },
    config: { name: "test.yaml", problem: undefined },
    healths: () => [],
    history: {
      stats: () => QUIET,
      series: (_, query) => new Float64Array(query.points).fill(Number.NaN),
      distribution: () => [],
      gaugeSeries: (_service, _gauge, _from, _to, points) => new Float64Array(points).fill(Number.NaN),
      shareWithin: () => Number.NaN,
      labelSets: () => [],
      counterRates: () => new Map(),
      counterSeries: (_service, _counter, _from, _to, points) => new Float64Array(points).fill(Number.NaN),
    },
  };
}
