import type { Alert } from "../core/alert.ts";
import type { Snapshot } from "../monitor/types.ts";

/** One exported alert. Keys are only added, never removed; they are the columns of the CSV too. */
export interface ExportedAlert {
  /** Identifies the alert by its rule and labels, also across restarts. */
  readonly fingerprint: string;
  readonly rule: string;
  readonly entity: string;
  readonly severity: Alert["severity"];
  readonly state: Alert["state"];
  /** With the values of the newest evaluation. */
  readonly message: string;
  /** The measure concerned; null for a rule without one. */
  readonly measure: string | null;
  /** When the breach began, when it fires while it is pending, when it fired, and when it ended: ISO 8601, UTC. */
  readonly started_at: string;
  readonly fires_at: string | null;
  readonly fired_at: string | null;
  readonly resolved_at: string | null;
  /** How often it has fired since the monitor started. */
  readonly occurrences: number;
  readonly acknowledged_by: string | null;
  readonly acknowledged_at: string | null;
  /** The silence that matches it, and when that ends. */
  readonly silenced_by: string | null;
  readonly silenced_until: string | null;
  /** The incident whose cause explains it. */
  readonly suppressed_by_incident: number | null;
  readonly flapping: boolean;
  readonly folded: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Alerts in the given order, as of `snapshot`. */
export function exportedAlerts(alerts: readonly Alert[], { silences }: Snapshot): readonly ExportedAlert[] {
  const ends = new Map(silences.map(({ id, endsAt }) => [id, endsAt]));
  return alerts.map((alert) => ({
    fingerprint: alert.fingerprint,
    rule: alert.rule,
    entity: alert.entity,
    severity: alert.severity,
    state: alert.state,
    message: alert.message,
    measure: alert.measure ?? null,
    started_at: time(alert.startedAt)!,
    fires_at: time(alert.firesAt),
    fired_at: time(alert.firedAt),
    resolved_at: time(alert.resolvedAt),
    occurrences: alert.occurrences,
    acknowledged_by: alert.acknowledged?.by ?? null,
    acknowledged_at: time(alert.acknowledged?.at),
    silenced_by: alert.silencedBy ?? null,
    silenced_until: time(alert.silencedBy === undefined ? undefined : ends.get(alert.silencedBy)),
    suppressed_by_incident: alert.suppressedBy ?? null,
    flapping: alert.flapping,
    folded: alert.folded,
    labels: alert.labels,
    annotations: alert.annotations,
  }));
}

/** The alerts as JSON: `{"at": ..., "alerts": [...]}`. */
export function alertsJson(alerts: readonly Alert[], snapshot: Snapshot): string {
  const report = { at: time(snapshot.at), alerts: exportedAlerts(alerts, snapshot) };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** ms since the epoch -> ISO 8601, UTC; null if it is not known. */
function time(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}
