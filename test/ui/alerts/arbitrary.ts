import fc from "fast-check";
import type { Alert, AlertState } from "../../../src/core/alert.ts";
import { SEVERITIES } from "../../../src/core/alert.ts";
import type { Incident, IncidentMember } from "../../../src/core/incident.ts";
import { aMember, anAlert, anIncident } from "./fixtures.ts";

const RULES = ["HIGH_LATENCY", "HIGH_ERROR_RATE", "SERVICE_DOWN", "HIGH_CPU"];
const ENTITIES = ["front", "back", "pay", "gone"];

export interface Fleet {
  readonly alerts: readonly Alert[];
  readonly incidents: readonly Incident[];
}

const state = fc.constantFrom<AlertState>("pending", "firing", "firing", "firing", "resolved", "expired");

/** An alert of each of some pairs of rule and entity, in any state and with any marks. */
const alerts = fc
  .uniqueArray(fc.record({ rule: fc.constantFrom(...RULES), entity: fc.constantFrom(...ENTITIES) }), {
    maxLength: 14,
    selector: ({ rule, entity }) => `${rule}/${entity}`,
  })
  .chain((pairs) =>
    fc.tuple(
      ...pairs.map(({ rule, entity }) =>
        fc
          .record({
            id: fc.integer({ min: 1, max: 1000 }),
            state,
            severity: fc.constantFrom(...SEVERITIES),
            startedAt: fc.integer({ min: 0, max: 60_000 }),
            isAcknowledged: fc.boolean(),
            isSilenced: fc.boolean(),
            isSuppressed: fc.boolean(),
            folded: fc.boolean(),
            flapping: fc.boolean(),
          })
          .map(({ isAcknowledged, isSilenced, isSuppressed, ...given }) => {
            const isOver = given.state === "resolved" || given.state === "expired";
            return anAlert({
              ...given,
              rule,
              entity,
              message: `${entity}: p99=1,020ms over 1,000ms`,
              firesAt: given.state === "pending" ? given.startedAt + 30_000 : undefined,
              firedAt: given.state === "pending" ? undefined : given.startedAt,
              resolvedAt: isOver ? given.startedAt + 5000 : undefined,
              acknowledged: isAcknowledged ? { by: "alice", at: 0 } : undefined,
              silencedBy: isSilenced ? "1" : undefined,
              suppressedBy: isSuppressed ? 1 : undefined,
            });
          }),
      ),
    ),
  );

/** Alerts, and incidents that some of them belong to: open ones, resolved ones, and old ones of the same alerts. */
export const fleets: fc.Arbitrary<Fleet> = alerts.chain((list) =>
  fc
    .array(fc.subarray([...list]), { maxLength: 4 })
    .map((groups) => ({ alerts: list, incidents: groups.flatMap((group, nth) => incident(nth + 1, group)) })),
);

function incident(id: number, group: readonly Alert[]): Incident[] {
  const [cause] = group;
  if (cause === undefined) return [];
  const members = group.map(
    ({ rule, entity, severity, startedAt, resolvedAt }, nth): IncidentMember =>
      aMember({
        rule,
        entity,
        severity,
        role: nth === 0 ? "cause" : "symptom",
        startedAt,
        joinedAt: startedAt,
        endedAt: resolvedAt,
      }),
  );
  const isOver = members.every(({ endedAt }) => endedAt !== undefined);
  return [
    anIncident({
      id,
      entity: cause.entity,
      title: `${cause.entity} down`,
      members,
      state: isOver ? "resolved" : "open",
      severity: cause.severity,
      resolvedAt: isOver ? 70_000 : undefined,
    }),
  ];
}
