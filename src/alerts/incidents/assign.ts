import type { Alert } from "../../core/alert.ts";
import type { IncidentFault, IncidentRole } from "../../core/incident.ts";
import type { CauseContext } from "./context.ts";
import type { OpenIncidents } from "./open-incidents.ts";
import type { IncidentRecord } from "./record.ts";

/** A dependency whose breach begins later than this after the trouble of its callers is not its cause, ms. */
export const CAUSE_WITHIN_MS = 120_000;

/** The incident that an alert belongs to. */
export interface Assignment {
  readonly record: IncidentRecord;
  readonly role: IncidentRole;
  /** Incidents that turn out to have the same cause. */
  readonly merged: readonly IncidentRecord[];
}

/**
 * Finds the incident of an alert that fired; undefined: it is new trouble. In this order: the incident of the
 * fault that explains it; one on the same entity; one on an entity that it depends on; those on entities that
 * depend on it; one that began at the same time with a label in common.
 */
export function assignmentOf(
  alert: Alert,
  fault: IncidentFault | undefined,
  open: OpenIncidents,
  context: CauseContext,
): Assignment | undefined {
  const to = (record: IncidentRecord | undefined, role: IncidentRole, ...merged: IncidentRecord[]) =>
    record === undefined ? undefined : { record, role, merged };
  const { entity } = alert;
  const here = open.ofEntity(entity);
  if (fault !== undefined) {
    const known = open.ofFault(fault.id) ?? here.find((record) => record.entity === entity);
    return to(known, "cause");
  }
  const [own] = here;
  if (own !== undefined) return to(own, own.roleOf(entity) ?? "cause");
  const dependency = ofDependency(entity, open, context);
  if (dependency !== undefined) return to(dependency, "symptom");
  const [first, ...others] = ofCallers(alert, open, context);
  if (first !== undefined) return to(first, "cause", ...others);
  const loaded = ofFaultyCaller(alert, open, context) ?? open.correlated(alert.labels, alert.startedAt);
  return to(loaded, "related");
}

/** The newest incident that began on something that the entity depends on. */
function ofDependency(
  entity: string,
  open: OpenIncidents,
  context: CauseContext,
): IncidentRecord | undefined {
  let found: IncidentRecord | undefined;
  for (const dependency of context.dependenciesOf(entity)) {
    for (const record of open.ofEntity(dependency)) {
      if (record.entity === dependency && (found === undefined || record.detectedAt > found.detectedAt))
        found = record;
    }
  }
  return found;
}

/** Incidents without a known fault that began on callers a short time ago: their cause is found. Oldest first. */
function ofCallers({ entity, startedAt }: Alert, open: OpenIncidents, context: CauseContext) {
  const found = new Set<IncidentRecord>();
  if (open.size === 0) return found;
  for (const caller of context.affectedBy(entity)) {
    for (const record of open.ofEntity(caller)) {
      const isRecent = startedAt - record.detectedAt <= CAUSE_WITHIN_MS;
      if (record.entity === caller && record.fault === undefined && isRecent) found.add(record);
    }
  }
  return [...found].sort((a, b) => a.id - b.id);
}

/**
 * A fault on a caller also changes the load of what it calls, and so can overload it: an incident whose fault was
 * injected on an entity that depends on this one before the breach began.
 */
function ofFaultyCaller(
  { entity, startedAt }: Alert,
  open: OpenIncidents,
  context: CauseContext,
): IncidentRecord | undefined {
  if (open.size === 0) return undefined;
  for (const caller of context.affectedBy(entity)) {
    const found = open
      .ofEntity(caller)
      .find(({ fault }) => fault?.entity === caller && startedAt >= fault.injectedAt);
    if (found !== undefined) return found;
  }
  return undefined;
}
