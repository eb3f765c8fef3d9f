import type { Alert } from "../core/alert.ts";
import type { Health } from "../core/health.ts";
import type { Snapshot } from "../monitor/types.ts";

/**
 * Tells a run in lines, for pipes and files: one for each change of a service's health and for each step of
 * an alert. No escape codes, no glyphs. Give it every snapshot in turn; it returns the new lines.
 */
export function createPlainTeller(): (snapshot: Snapshot) => string[] {
  const healths = new Map<string, Health>();
  const alerts = new Map<number, Alert>();

  function healthLines({ services, at }: Snapshot): string[] {
    const lines: string[] = [];
    for (const { name, health, reasons } of services) {
      const before = healths.get(name) ?? "unknown";
      healths.set(name, health);
      if (before === health) continue;
      const why = reasons.length > 0 ? `: ${reasons.join(", ")}` : "";
      lines.push(`${stamp(at)} ${name} ${before.toUpperCase()} -> ${health.toUpperCase()}${why}`);
    }
    return lines;
  }

  function alertLines(snapshot: Snapshot): string[] {
    const lines: string[] = [];
    const current = new Set<number>();
    for (const alert of snapshot.alerts) {
      current.add(alert.id);
      const before = alerts.get(alert.id);
      alerts.set(alert.id, alert);
      if (before?.state === alert.state && before.severity === alert.severity) continue;
      const { rule, service, severity, state, message } = alert;
      lines.push(`${stamp(snapshot.at)} ${rule} ${service} ${state} ${severity}: ${message}`);
    }
    for (const id of alerts.keys()) if (!current.has(id)) alerts.delete(id);
    return lines;
  }

  return (snapshot) => [...healthLines(snapshot), ...alertLines(snapshot)];
}

/** To the second: 2026-11-20T14:03:20Z. */
function stamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
