import type { Alert, Severity } from "../../core/alert.ts";
import type { Incident, IncidentMember } from "../../core/incident.ts";
import type { Labels } from "../../core/metric.ts";
import type { NotifiedAlert } from "../../core/notification.ts";

/** What a route tells about: one alert, or one incident with its alerts. Times are ms since the epoch. */
export interface Subject {
  /** The same after a restart of the monitor: the fingerprint, or that of the alert an incident began with. */
  readonly id: string;
  readonly severity: Severity;
  readonly isFiring: boolean;
  /** Those of the alert, or of the alert an incident began with, and `severity`. */
  readonly labels: Labels;
  readonly firedAt: number;
  readonly endedAt: number | undefined;
  /** Why nobody is told, if so: "silenced (silence 3)". */
  readonly muted: string | undefined;
  /** Whether that passes by itself once it is steady, so that its end is told then. */
  readonly isFlapping: boolean;
  readonly acknowledgedBy: string | undefined;
  readonly alerts: readonly NotifiedAlert[];
  readonly incident?: { readonly id: number; readonly title: string };
}

export function alertSubject(alert: Alert): Subject {
  return {
    id: alert.fingerprint,
    severity: alert.severity,
    isFiring: alert.state === "firing",
    labels: { ...alert.labels, severity: alert.severity },
    firedAt: alert.firedAt ?? alert.startedAt,
    endedAt: alert.resolvedAt,
    muted: mutedBy(alert) ?? symptomOf(alert),
    isFlapping: alert.flapping && alert.silencedBy === undefined,
    acknowledgedBy: alert.acknowledged?.by,
    alerts: [notifiedAlert(alert)],
  };
}

/**
 * An incident is muted while all of its alerts that fire are. Its symptoms are part of it.
 * @param alertOf the newest state of an alert, by its fingerprint
 */
export function incidentSubject(
  incident: Incident,
  id: string,
  alertOf: (fingerprint: string) => Alert | undefined,
): Subject {
  const known = incident.members.flatMap(({ fingerprint }) => alertOf(fingerprint) ?? []);
  const firing = known.filter(({ state }) => state === "firing");
  const reasons = firing.map(mutedBy);
  const { severity } = incident;
  return {
    id,
    severity,
    isFiring: incident.state !== "resolved",
    labels: { entity: incident.entity, ...known[0]?.labels, severity },
    firedAt: incident.detectedAt,
    endedAt: incident.resolvedAt,
    muted: reasons.includes(undefined) ? undefined : reasons[0],
    isFlapping: false,
    acknowledgedBy: incident.state === "acknowledged" ? incident.acknowledged?.by : undefined,
    alerts: incident.members.map((member) => {
      const alert = alertOf(member.fingerprint);
      return alert === undefined ? forgottenAlert(member) : notifiedAlert(alert);
    }),
    incident: { id: incident.id, title: incident.title },
  };
}

/** The name of an incident that survives a restart, when incidents are counted anew. */
export function incidentId({ members }: Incident): string {
  return `incident ${members[0]!.fingerprint}`;
}

function mutedBy({ silencedBy, flapping, folded }: Alert): string | undefined {
  if (silencedBy !== undefined) return `silenced (silence ${silencedBy})`;
  if (flapping) return "flapping: it changes too often to be believed";
  if (folded) return "folded: its entity has too many alerts to tell one by one";
  return undefined;
}

function symptomOf({ suppressedBy }: Alert): string | undefined {
  return suppressedBy === undefined ? undefined : `a symptom of incident ${suppressedBy}`;
}

function notifiedAlert(alert: Alert): NotifiedAlert {
  const { fingerprint, rule, entity, severity, labels, annotations, message } = alert;
  return {
    fingerprint,
    rule,
    entity,
    severity,
    state: alert.state === "firing" || alert.state === "pending" ? "firing" : "resolved",
    labels,
    annotations,
    message,
    startsAt: alert.firedAt ?? alert.startedAt,
    endsAt: alert.resolvedAt,
  };
}

/** An alert of an incident that is not kept any more. */
function forgottenAlert({
  fingerprint,
  rule,
  entity,
  severity,
  joinedAt,
  endedAt,
}: IncidentMember): NotifiedAlert {
  return {
    fingerprint,
    rule,
    entity,
    severity,
    state: endedAt === undefined ? "firing" : "resolved",
    labels: { alertname: rule, entity },
    annotations: {},
    message: `${entity}: ${rule}`,
    startsAt: joinedAt,
    endsAt: endedAt,
  };
}
