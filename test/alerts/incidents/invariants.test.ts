import fc from "fast-check";
import { expect, it } from "vitest";
import { CAUSE_LASTS_MS } from "../../../src/alerts/incidents/roles.ts";
import { SEVERITIES } from "../../../src/core/alert.ts";
import { createLinkGraph } from "../../../src/monitor/links.ts";
import { aFault, startIncidents, type Trouble } from "./harness.ts";

const NAMES = ["a", "b", "c", "d", "e", "f"];
const RULES = ["R", "S"];

/** Who calls whom: also in circles. */
const calls = fc.record(Object.fromEntries(NAMES.map((name) => [name, fc.subarray(NAMES)])));
const trouble = fc.record({
  entity: fc.constantFrom(...NAMES),
  rule: fc.constantFrom(...RULES),
  severity: fc.constantFrom(...SEVERITIES),
});
/** What is wrong at some instants, with the seconds between them. */
const story = fc.array(
  fc.record({ after: fc.integer({ min: 1, max: 200 }), troubles: fc.array(trouble, { maxLength: 8 }) }),
  { minLength: 1, maxLength: 25 },
);

it("hold whatever fires on whatever graph: every alert in one incident, suppressed only by a cause that reaches it", () => {
  fc.assert(
    fc.property(calls, story, fc.option(fc.constantFrom(...NAMES)), (graph, steps, broken) => {
      const links = new Map(
        Object.entries(graph).map(([name, to]) => [
          name,
          to.map((each) => ({ type: "calls" as const, to: each })),
        ]),
      );
      const { affectedBy } = createLinkGraph(links);
      const fault = broken === null ? undefined : aFault(broken);
      const faults = Object.fromEntries(
        fault === undefined ? [] : [fault.entity, ...affectedBy(fault.entity)].map((name) => [name, fault]),
      );
      const { at, engine, incidents } = startIncidents({ calls: graph, faults });
      let now = 0;
      for (const { after, troubles } of steps) {
        now += after;
        const distinct = new Map(troubles.map((each) => [`${each.entity}${each.rule}`, each]));
        at(now, ...(distinct.values() as Iterable<Trouble>));
        const firing = engine.alerts().filter(({ state }) => state === "firing");
        const open = incidents().filter(({ state }) => state !== "resolved");
        const members = open.flatMap(({ id, members: all }) => all.map((member) => ({ ...member, id })));
        const active = members.filter(({ endedAt }) => endedAt === undefined);
        expect(active.map(({ fingerprint }) => fingerprint).sort()).toEqual(
          firing.map(({ fingerprint }) => fingerprint).sort(),
        );
        for (const incident of incidents()) {
          const isOver = incident.members.every(({ endedAt }) => endedAt !== undefined);
          const flaps = engine
            .alerts()
            .some(
              ({ flapping, fingerprint }) =>
                flapping && incident.members.some((member) => member.fingerprint === fingerprint),
            );
          if (incident.state === "resolved") expect(isOver).toBe(true);
          else expect(isOver && !flaps).toBe(false);
          expect(incident.detectedAt).toBeGreaterThanOrEqual(incident.startedAt);
          const suppressed = firing.filter(({ suppressedBy }) => suppressedBy === incident.id);
          expect(incident.suppressed).toBe(suppressed.length);
        }
        for (const { suppressedBy, entity, fingerprint } of firing) {
          if (suppressedBy === undefined) continue;
          const own = active.find((member) => member.fingerprint === fingerprint)!;
          expect(own).toMatchObject({ id: suppressedBy, role: "symptom" });
          const causes = members.filter(
            ({ id, role, endedAt }) =>
              id === suppressedBy &&
              role === "cause" &&
              (endedAt ?? Number.POSITIVE_INFINITY) > now * 1000 - CAUSE_LASTS_MS,
          );
          expect(
            causes.some((cause) => cause.entity !== entity && affectedBy(cause.entity).has(entity)),
          ).toBe(true);
        }
        // Somebody is told of every incident that goes on, unless a cause ended only just now.
        for (const { id } of open) {
          const own = members.filter((member) => member.id === id);
          const isRecent = own.some(
            ({ endedAt }) => endedAt !== undefined && now * 1000 - endedAt < CAUSE_LASTS_MS,
          );
          const told = firing.some(
            (alert) =>
              alert.suppressedBy === undefined &&
              own.some(({ fingerprint }) => fingerprint === alert.fingerprint),
          );
          if (own.some(({ endedAt }) => endedAt === undefined) && !isRecent) expect(told).toBe(true);
        }
        if (fault !== undefined)
          expect(open.filter((each) => each.fault?.id === fault.id).length).toBeLessThan(2);
      }
    }),
    { numRuns: Number(process.env.INCIDENT_RUNS ?? 300) },
  );
});
