import type { Severity } from "../../core/alert.ts";
import type { Incident, IncidentStatistics, IncidentTimes } from "../../core/incident.ts";

const HOUR_MS = 3_600_000;
const HOURS = 24;

/**
 * Statistics of the 24 hours that end at an instant.
 * @param incidents as they were then
 * @param firing the number of firing alerts
 * @param at ms since the epoch
 */
export function statisticsOf(incidents: readonly Incident[], firing: number, at: number): IncidentStatistics {
  const from = at - HOURS * HOUR_MS;
  const concerned = incidents.filter(({ resolvedAt }) => resolvedAt === undefined || resolvedAt > from);
  return {
    ...timesOf(concerned),
    open: concerned.filter(({ resolvedAt }) => resolvedAt === undefined).length,
    firing,
    byEntity: grouped(concerned, ({ entity }) => [entity]),
    byRule: grouped(concerned, rulesOf),
    bySeverity: grouped<Severity>(concerned, ({ severity }) => [severity]),
    hours: Array.from({ length: HOURS }, (_, hour) => {
      const start = from + hour * HOUR_MS;
      const ended = concerned.filter(
        ({ resolvedAt }) => resolvedAt !== undefined && resolvedAt > start && resolvedAt <= start + HOUR_MS,
      );
      return { ...timesOf(ended), from: start };
    }),
  };
}

/** The means over some incidents. Those that ended because something was removed have no time to recovery. */
export function timesOf(incidents: readonly Incident[]): IncidentTimes {
  const acknowledged = incidents.filter((incident) => incident.acknowledged !== undefined);
  const recovered = incidents.filter(
    (incident) => incident.resolvedAt !== undefined && incident.endedBy !== "removal",
  );
  return {
    count: incidents.length,
    mttdMs: mean(incidents.map(({ startedAt, detectedAt }) => detectedAt - startedAt)),
    mttaMs: mean(acknowledged.map((incident) => incident.acknowledged!.at - incident.detectedAt)),
    mttrMs: mean(recovered.map(({ resolvedAt, detectedAt }) => resolvedAt! - detectedAt)),
  };
}

/** The rules whose alerts are no mere symptoms. */
function rulesOf({ members }: Incident): readonly string[] {
  return members.filter(({ role }) => role !== "symptom").map(({ rule }) => rule);
}

/** Most incidents first; an incident counts once for each key. */
function grouped<Key extends string>(
  incidents: readonly Incident[],
  keysOf: (incident: Incident) => readonly Key[],
): ReadonlyMap<Key, IncidentTimes> {
  const groups = new Map<Key, Incident[]>();
  for (const incident of incidents) {
    for (const key of new Set(keysOf(incident))) groups.set(key, [...(groups.get(key) ?? []), incident]);
  }
  const times = Array.from(groups, ([key, group]) => [key, timesOf(group)] as const);
  return new Map(times.sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1)));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}
