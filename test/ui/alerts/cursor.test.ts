import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compose } from "../../../src/ui/screen/compose.ts";
import { textOf } from "../harness.ts";
import { fleets } from "./arbitrary.ts";
import { aMember, anAlert, anIncident, sessionWith } from "./fixtures.ts";

type Harness = ReturnType<typeof sessionWith>;

/** The text of the selected row of the screen. */
function selectedRow({ session }: Harness): string {
  const rows = compose(session.view()).flatMap(({ rows: painted }) => painted);
  return rows.flatMap(({ line, selected }) => (selected ? textOf(line) : [])).join("\n");
}

const cursorOf = ({ session }: Harness) => session.view().ui.cursors.console;

describe("the cursor of the console", () => {
  it("stays on its alert through any change, as long as the alert is listed", () => {
    fc.assert(
      fc.property(
        fc.array(fleets, { minLength: 2, maxLength: 6 }),
        fc.nat({ max: 12 }),
        fc.boolean(),
        ([first, ...rest], moves, expand) => {
          const harness = sessionWith(first!);
          harness.press("3");
          for (let move = 0; move < moves; move++) harness.press(expand ? "<right>j" : "j");
          for (const fleet of rest) {
            const before = cursorOf(harness);
            harness.publish(fleet);
            const after = cursorOf(harness);
            const alert = fleet.alerts.find(({ fingerprint }) => fingerprint === before);
            if (alert !== undefined) {
              expect(after).toBe(before);
              // The screen shows the row, with the alert's entity.
              expect(selectedRow(harness)).toContain(alert.entity);
            }
            const { keys } = {
              keys: harness.session.view().itemsIn({ id: "console", kind: "console", options: {} }),
            };
            if (keys.length > 0) expect(keys).toContain(after);
          }
          harness.session.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it("moves to the alert below one that goes, and to the one above the last", () => {
    const alerts = ["A", "B", "C", "D"].map((rule, nth) =>
      anAlert({ rule, entity: "back", id: 9 - nth, startedAt: 100 - nth }),
    );
    const harness = sessionWith({ alerts });
    harness.press("3jj");
    expect(cursorOf(harness)).toBe("C/back");
    harness.publish({ alerts: alerts.filter(({ rule }) => rule !== "C") });
    expect(cursorOf(harness)).toBe("D/back");
    harness.publish({ alerts: alerts.filter(({ rule }) => rule === "A" || rule === "B") });
    expect(cursorOf(harness)).toBe("B/back");
  });

  it("opens an incident that takes its alert in, and hides it again on request", () => {
    const alerts = [
      anAlert({ rule: "DOWN", entity: "back", severity: "page", startedAt: 5 }),
      anAlert({ rule: "SLOW", entity: "front", suppressedBy: 1 }),
    ];
    const members = [
      aMember({ rule: "DOWN", entity: "back" }),
      aMember({ rule: "SLOW", entity: "front", role: "symptom" }),
    ];
    const harness = sessionWith({ alerts, incidents: [] });
    harness.press("3j");
    expect(cursorOf(harness)).toBe("SLOW/front");
    harness.publish({ alerts: [...alerts], incidents: [anIncident({ entity: "back", members })] });
    expect(cursorOf(harness)).toBe("SLOW/front");
    expect(selectedRow(harness)).toContain("SLOW");
    harness.press("<left>");
    expect(cursorOf(harness)).toBe("incident:1");
    expect(harness.screen().join("\n")).not.toContain("  SLOW");
    expect(harness.screen().join("\n")).toContain("back down");
  });
});
