import { describe, expect, it } from "vitest";
import type { Alert } from "../../../src/core/alert.ts";
import { alerts } from "../../../src/ui/panels/alerts.ts";
import { cursorIndex } from "../../../src/ui/panels/cursor.ts";
import { failures } from "../../../src/ui/panels/failures.ts";
import { faults } from "../../../src/ui/panels/faults.ts";
import { ticker } from "../../../src/ui/panels/ticker.ts";
import type { View } from "../../../src/ui/view.ts";
import { anAlert } from "../../alerts/alerts.ts";
import { aRule } from "../alerts/fixtures.ts";
import { startSession, textOf } from "../harness.ts";
import { instanceOf, textsOf, viewOf, withSelected } from "./painting.ts";

const SIZE = { width: 76, height: 10 };

const alert = (id: number, change: Partial<Alert> = {}) =>
  anAlert({
    id,
    rule: `RULE_${id}`,
    entity: "front",
    message: `front: number ${id}`,
    measure: undefined,
    startedAt: 1000 * id,
    ...change,
  });

function viewWith(list: readonly Alert[]): View {
  const harness = startSession();
  harness.run(30);
  const view = viewOf(harness, 0);
  return { ...view, snapshot: { ...view.snapshot, alerts: list } };
}

describe("the ticker", () => {
  it("shows firing alerts first, by severity and then newest first", () => {
    const view = viewWith([
      alert(9),
      alert(8, { state: "pending", severity: "page" }),
      alert(7, { severity: "page" }),
      alert(6, { severity: "critical" }),
      alert(5, { severity: "page" }),
      alert(4, { state: "resolved", severity: "page", resolvedAt: 9000 }),
    ]);
    const order = textsOf(ticker, view, SIZE).map((row) => /RULE_(\d)/.exec(row)![1]);
    expect(order.join("")).toBe("756984");
    // With one row for alerts, a newer warning does not hide a page.
    expect(textsOf(ticker, view, { width: 76, height: 1 })[0]).toContain("RULE_7");
  });
});

describe("the list of alerts", () => {
  const list = [
    alert(9),
    alert(8, { state: "pending", severity: "page" }),
    alert(7, { severity: "page" }),
    alert(6, { severity: "critical" }),
    alert(4, { state: "resolved", severity: "page", resolvedAt: 9000 }),
  ];

  it("has the most urgent first, and moves over them in that order", () => {
    const view = viewWith(list);
    const numbers = alerts.items!(view, instanceOf(alerts)).map((item) => /RULE_(\d)/.exec(item)?.[1]);
    expect(numbers.join("")).toBe("76984");
    const order = textsOf(alerts, view, SIZE).flatMap((row) => /RULE_(\d)/.exec(row)?.[1] ?? []);
    expect(order.join("")).toBe("76984");
  });

  it("shows rules as long as there is room, and entities in one column", () => {
    const long = "DEAD_LETTERS_ON_ORDERS";
    const known = viewWith([alert(2, { rule: long }), alert(1)]);
    const rules = [aRule({ name: long }), aRule()];
    const view = { ...known, snapshot: { ...known.snapshot, rules } };
    const rows = (width: number) => textsOf(alerts, view, { width, height: 4 });
    expect(rows(76)[0]).toContain(` ${long} front`);
    expect(rows(76)[2]!.indexOf("front")).toBe(rows(76)[0]!.indexOf("front"));
    expect(rows(45)[0]).not.toContain(long);
    expect(rows(45)[0]!.indexOf("front")).toBe(rows(45)[2]!.indexOf("front"));
    expect(new Set([...rows(76), ...rows(45)].flatMap((row, nth) => (nth % 2 ? [] : row.length))).size).toBe(
      2,
    );
  });
});

describe("the cursor of a list", () => {
  const marked = (view: View) =>
    alerts
      .paint(view, { width: 76, height: 6 }, instanceOf(alerts))
      .filter(({ selected }) => selected)
      .map(({ line }) => textOf(line))
      .join();
  const withCursor = (view: View, key: string): View => ({
    ...view,
    ui: { ...view.ui, focus: "alerts", cursors: { alerts: key } },
  });

  it("stays on its alert when a new one appears above it", () => {
    const before = withCursor(viewWith([alert(3), alert(2), alert(1)]), "RULE_2/front");
    const after = withCursor(viewWith([alert(4), alert(3), alert(2), alert(1)]), "RULE_2/front");
    for (const view of [before, after]) {
      expect(marked(view)).toContain("RULE_2");
      expect(alerts.entityOf!(view, "RULE_2/front")).toBe("front");
    }
  });

  it("moves to the first item if its item was removed", () => {
    expect(marked(withCursor(viewWith([alert(3), alert(1)]), "RULE_2/front"))).toContain("RULE_3");
    const view = withCursor(viewWith([]), "2");
    expect(cursorIndex(view, { id: "alerts" }, ["a", "2"])).toBe(1);
    expect(cursorIndex(view, { id: "alerts" }, ["a", "b"])).toBe(0);
    expect(cursorIndex(view, { id: "other" }, ["a", "2"])).toBe(0);
  });

  it("moves over the alerts of one entity if the panel has that scope", () => {
    const view = viewWith([alert(3, { entity: "back" }), alert(2), alert(1)]);
    const items = (scope: string) => alerts.items!(view, instanceOf(alerts, { scope }));
    expect(items("selected")).toEqual(["RULE_2/front", "RULE_1/front"]);
    expect(items("all")).toEqual(["RULE_3/back", "RULE_2/front", "RULE_1/front"]);
  });
});

describe("fault cards", () => {
  it("show the baseline and worst value of the fault's measure, in its unit", () => {
    const harness = startSession();
    harness.run(30);
    harness.press("jfl");
    harness.run(10);
    const view = viewOf(harness, 0);
    const [card] = view.snapshot.faults;
    const text = (change: object) =>
      textsOf(
        faults,
        { ...view, snapshot: { ...view.snapshot, faults: [{ ...card!, ...change }] } },
        SIZE,
      ).join(" ");
    expect(text({})).toMatch(/p99 \d+ → [\d,]+ ms/);
    expect(text({ measure: "error_rate", baseline: 0.012, peak: 0.5 })).toContain("error rate 1.2 → 50.0%");
    expect(text({ measure: "request_rate", baseline: Number.NaN, peak: 40 })).toContain(
      "requests – → 40.0/s",
    );
  });
});

describe("the list of failures", () => {
  it("shows a message if it is empty", () => {
    const view = viewWith([]);
    expect(textsOf(failures, withSelected(view, { failures: [] }), SIZE)).toEqual(["no failures recorded"]);
    const some = withSelected(view, { failures: [{ at: 0, reason: "connection refused" }] });
    expect(textsOf(failures, some, SIZE)[0]).toMatch(/connection refused$/);
  });

  it("wraps long reasons if there are rows to spare, newest first", () => {
    const long = "connect ECONNREFUSED 10.0.0.1:8080 while calling the payment service";
    const view = withSelected(viewWith([]), {
      failures: [
        { at: 2000, reason: long },
        { at: 1000, reason: long },
      ],
    });
    const rows = (height: number) => textsOf(failures, view, { width: 60, height });
    expect(rows(2)).toHaveLength(2);
    expect(rows(2)[0]).toContain(long);
    expect(rows(3)[0]!.length).toBeLessThanOrEqual(60);
    expect(rows(3)[1]).toMatch(/^ {9}\S/);
    expect(rows(3)[2]).toContain(long);
    expect(rows(9)).toHaveLength(4);
    expect((rows(9)[0] + rows(9)[1]!.trimStart().padStart(1)).replace(/\s/g, "")).toContain(
      long.replace(/\s/g, ""),
    );
  });
});
