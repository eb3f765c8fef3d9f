import type { Incident, IncidentMember } from "../../../src/core/incident.ts";
import type { Monitor, RuleSnapshot, Snapshot } from "../../../src/monitor/types.ts";
import { anAlert } from "../../alerts/alerts.ts";
import { startMonitor } from "../../monitor/harness.ts";
import { openSession, type SessionOptions } from "../harness.ts";

export { anAlert };

export function aMember(
  given: Partial<IncidentMember> & Pick<IncidentMember, "rule" | "entity">,
): IncidentMember {
  const { rule, entity } = given;
  return {
    fingerprint: `${rule}/${entity}`,
    severity: "warning",
    role: "cause",
    startedAt: 0,
    joinedAt: 0,
    endedAt: undefined,
    occurrences: 1,
    ...given,
  };
}

/** An open incident with one alert, its cause. */
export function anIncident(given: Partial<Incident> = {}): Incident {
  const { entity = "payment-service" } = given;
  return {
    id: 1,
    state: "open",
    title: `${entity} down`,
    entity,
    severity: "page",
    fault: undefined,
    members: [aMember({ rule: "SERVICE_DOWN", entity, severity: "page" })],
    startedAt: 0,
    detectedAt: 0,
    acknowledged: undefined,
    unlisted: 0,
    suppressed: 0,
    resolvedAt: undefined,
    endedBy: undefined,
    timeline: [],
    ...given,
  };
}

export function aRule(given: Partial<RuleSnapshot> = {}): RuleSnapshot {
  return {
    name: "HIGH_LATENCY",
    kind: "LIMIT",
    condition: "p99 > 500 ms",
    severities: ["warning", "critical"],
    appliesTo: "all services",
    enabled: true,
    pending: 0,
    firing: 0,
    problem: undefined,
    ...given,
  };
}

/** A session whose monitor publishes snapshots with these parts replaced; they can be replaced again later. */
export function sessionWith(first: Partial<Snapshot>, options: SessionOptions = {}) {
  const harness = startMonitor();
  harness.run(5);
  let parts = first;
  let made:
    | { readonly of: Snapshot; readonly parts: Partial<Snapshot>; readonly snapshot: Snapshot }
    | undefined;
  const listeners = new Set<() => void>();
  const snapshot = () => {
    const of = harness.monitor.snapshot();
    if (made?.of !== of || made.parts !== parts) made = { of, parts, snapshot: { ...of, ...parts } };
    return made.snapshot;
  };
  const monitor: Monitor = {
    ...harness.monitor,
    snapshot,
    snapshotAt: snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    ...openSession({ ...harness, monitor }, options),
    /** Publishes other parts. */
    publish(next: Partial<Snapshot>) {
      parts = next;
      for (const listener of listeners) listener();
    },
  };
}
