import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SEVERITIES } from "../../../src/core/alert.ts";
import { isActive, isLoud } from "../../../src/ui/alerts/style.ts";
import { causeOf, lastCauseOf } from "../../../src/ui/alerts/subject.ts";
import { type ConsoleRow, consoleOf } from "../../../src/ui/alerts/tree.ts";
import { type Fleet, fleets } from "./arbitrary.ts";
import { aMember, anAlert, anIncident, sessionWith } from "./fixtures.ts";

const listed = ({ alerts, incidents }: Fleet, filter = "", all = true) =>
  consoleOf({ alerts, incidents, filter, expanded: new Set(all ? incidents.map(({ id }) => id) : []) });
const fingerprints = (rows: readonly ConsoleRow[]) =>
  rows.flatMap((row) => (row.type === "alert" ? row.alert.fingerprint : []));

describe("the rows of the console", () => {
  it("list every alert once when all incidents are expanded, with unique keys", () => {
    fc.assert(
      fc.property(fleets, (fleet) => {
        const { rows, keys } = listed(fleet);
        expect(fingerprints(rows).sort()).toEqual(fleet.alerts.map(({ fingerprint }) => fingerprint).sort());
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it("list open incidents first, then active alerts by urgency, then what is over, newest first", () => {
    fc.assert(
      fc.property(fleets, (fleet) => {
        const { top, incidentOf } = listed(fleet, "", false);
        const place = (row: ConsoleRow): number => {
          if (row.type === "incident") return row.incident.resolvedAt === undefined ? 0 : 2;
          if (row.type === "past") return 3;
          // An incident of one alert is shown as that alert, in the place of the incident.
          const owner = incidentOf.get(row.alert.fingerprint);
          if (owner !== undefined) return owner.resolvedAt === undefined ? 0 : 2;
          return isActive(row.alert) ? 1 : 2;
        };
        const places = top.map(place);
        expect(places).toEqual(places.toSorted());
        const alone = top.flatMap((row) =>
          row.type === "alert" && !incidentOf.has(row.alert.fingerprint) && isLoud(row.alert)
            ? row.alert
            : [],
        );
        const ranks = alone.map(({ severity }) => SEVERITIES.indexOf(severity));
        expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
      }),
    );
  });

  it("show with a filter exactly the alerts that match, whatever incident they are in", () => {
    fc.assert(
      fc.property(
        fleets,
        fc.constantFrom("latency", "front", "silenced", "firing down", "page"),
        (fleet, filter) => {
          const { rows, matching } = listed(fleet, filter, false);
          const shown = new Set(fingerprints(rows));
          const titled = rows.filter((row) => row.type === "incident" && !row.isOpen);
          for (const { fingerprint } of matching)
            expect(shown.has(fingerprint) || titled.length > 0).toBe(true);
          const expected = new Set(matching.map(({ fingerprint }) => fingerprint));
          for (const fingerprint of shown) expect(expected).toContain(fingerprint);
        },
      ),
    );
  });

  it("hide the symptoms of a closed incident, and list its cause first when it is open", () => {
    const alerts = [
      anAlert({ rule: "A", entity: "caller", suppressedBy: 1 }),
      anAlert({ rule: "B", entity: "payment-service", severity: "page" }),
    ];
    const members = [
      aMember({ rule: "A", entity: "caller", role: "symptom" }),
      aMember({ rule: "B", entity: "payment-service" }),
    ];
    const fleet = { alerts, incidents: [anIncident({ members })] };
    expect(listed(fleet, "", false).keys).toEqual(["incident:1"]);
    expect(listed(fleet).keys).toEqual(["incident:1", "B/payment-service", "A/caller"]);
  });

  it("show an alert under the newest incident; in the older one it is history", () => {
    const alert = anAlert({ rule: "B", entity: "back" });
    const other = anAlert({ rule: "C", entity: "back" });
    const ended = aMember({ rule: "B", entity: "back", endedAt: 50 });
    const incidents = [
      anIncident({
        id: 2,
        members: [aMember({ rule: "B", entity: "back" }), aMember({ rule: "C", entity: "back" })],
      }),
      anIncident({ id: 1, state: "resolved", resolvedAt: 50, members: [ended] }),
    ];
    const { rows } = listed({ alerts: [alert, other], incidents });
    expect(rows.map(({ type }) => type)).toEqual(["incident", "alert", "alert", "incident", "past"]);
  });

  it("tell the values of an alert in the incident that it belongs to now, not in the one it was part of", () => {
    const alert = anAlert({ rule: "B", entity: "back", state: "firing" });
    const member = aMember({ rule: "B", entity: "back" });
    const older = anIncident({
      id: 1,
      state: "resolved",
      resolvedAt: 50,
      members: [{ ...member, endedAt: 50 }],
    });
    const newer = anIncident({ id: 2, members: [member] });
    const { session } = sessionWith({ alerts: [alert], incidents: [newer, older] });
    expect(causeOf(session.view(), newer)?.fingerprint).toBe(alert.fingerprint);
    expect(causeOf(session.view(), older)).toBeUndefined();
    expect(lastCauseOf(session.view(), older)?.fingerprint).toBe(alert.fingerprint);
  });

  it("are the same object for the same snapshot, whoever asks", () => {
    const alerts = [anAlert()];
    const input = { alerts, incidents: [], filter: "", expanded: new Set<number>() };
    expect(consoleOf(input)).toBe(consoleOf({ ...input }));
    expect(consoleOf({ ...input, filter: "x" })).not.toBe(consoleOf(input));
  });
});
