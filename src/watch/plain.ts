import type { Alert } from "../core/alert.ts";
import type { Health } from "../core/health.ts";
import type { Snapshot } from "../monitor/types.ts";

/**
 * Reports a run as lines, for pipes and files: one for each change of an entity's health or an alert's state
 * or severity. No escape codes, no glyphs. Call it with every snapshot in order; it returns the new lines.
 */
export function createPlainLog(): (snapshot: Snapshot) => string[] {
  const healths = new Map<string, Health>();
  const alerts = new Map<number, Alert>();

  function healthLines({ entities, at }: Snapshot): string[] {
    const lines: string[] = [];
    const current = new Set(entities.map(({ name }) => name));
    for (const name of healths.keys()) if (!current.has(name)) healths.delete(name);
    for (const { name, health, reasons } of entities) {
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
      const { rule, entity, severity, state, message } = alert;
      lines.push(`${stamp(snapshot.at)} ${rule} ${entity} ${state} ${severity}: ${message}`);
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
