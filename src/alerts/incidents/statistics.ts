import type { Alert, Severity } from "../../core/alert.ts";
import type { Incident, IncidentStatistics, IncidentTimes } from "../../core/incident.ts";

const HOUR_MS = 3_600_000;

/** Statistics of the 24 hours that end at `at` (ms since the epoch). */
export function statisticsOf(
  incidents: readonly Incident[],
  alerts: readonly Alert[],
  at: number,
): IncidentStatistics {
  const none: IncidentTimes = { count: 0, mttdMs: Number.NaN, mttaMs: Number.NaN, mttrMs: Number.NaN };
  return {
    ...none,
    open: incidents.filter(({ resolvedAt }) => resolvedAt === undefined).length,
    firing: alerts.filter(({ state }) => state === "firing").length,
    byEntity: new Map(),
    byRule: new Map(),
    bySeverity: new Map<Severity, IncidentTimes>(),
    hours: Array.from({ length: 24 }, (_, hour) => ({ ...none, from: at - (24 - hour) * HOUR_MS })),
  };
}
