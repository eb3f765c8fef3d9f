import { type Alert, SEVERITIES } from "../../core/alert.ts";
import type { Incident } from "../../core/incident.ts";
import { isActive, isLoud } from "./style.ts";

/**
 * The most urgent first: firing by severity, then those that ask for no attention, pending and ended ones; the newest
 * first in each group. Ids decide between equal times, so that the order is always the same.
 */
export function byUrgency(alerts: readonly Alert[]): readonly Alert[] {
  // Keys are computed once for each alert, not once for each comparison: there can be thousands.
  const keyed = alerts.map((alert) => ({ alert, rank: alertRank(alert), at: timeOf(alert) }));
  return keyed
    .sort((a, b) => b.rank - a.rank || b.at - a.at || b.alert.id - a.alert.id)
    .map(({ alert }) => alert);
}

function alertRank(alert: Alert): number {
  if (isLoud(alert)) return 10 + SEVERITIES.indexOf(alert.severity);
  if (alert.state === "firing") return 5 + SEVERITIES.indexOf(alert.severity);
  return alert.state === "pending" ? 1 : 0;
}

const timeOf = (alert: Alert) =>
  isActive(alert) ? (alert.firedAt ?? alert.startedAt) : (alert.resolvedAt ?? alert.startedAt);

/** Open incidents by severity, those with an alert that asks for attention first; then resolved ones, newest first. */
export function incidentsByUrgency(
  incidents: readonly Incident[],
  isLoudNow: (incident: Incident) => boolean,
): readonly Incident[] {
  const ranked = incidents.map((incident) => ({
    incident,
    rank: incidentRank(incident, isLoudNow(incident)),
  }));
  return ranked
    .sort(
      (a, b) =>
        b.rank - a.rank ||
        (b.incident.resolvedAt ?? b.incident.detectedAt) - (a.incident.resolvedAt ?? a.incident.detectedAt) ||
        b.incident.id - a.incident.id,
    )
    .map(({ incident }) => incident);
}

function incidentRank({ resolvedAt, severity }: Incident, loud: boolean): number {
  if (resolvedAt !== undefined) return 0;
  return (loud ? 10 : 5) + SEVERITIES.indexOf(severity);
}
