import { describe, expect, it } from "vitest";
import type { Alert } from "../../../src/core/alert.ts";
import { alerts } from "../../../src/ui/panels/alerts.ts";
import { cursorIndex } from "../../../src/ui/panels/cursor.ts";
import { failures } from "../../../src/ui/panels/failures.ts";
import { faults } from "../../../src/ui/panels/faults.ts";
import { ticker } from "../../../src/ui/panels/ticker.ts";
import type { View } from "../../../src/ui/view.ts";
import { startSession, textOf } from "../harness.ts";
import { instanceOf, textsOf, viewOf, withSelected } from "./painting.ts";

const SIZE = { width: 76, height: 10 };

const alert = (id: number, change: Partial<Alert> = {}): Alert => ({
  id,
  rule: `RULE_${id}`,
  entity: "front",
  severity: "warning",
  state: "firing",
  message: `front: number ${id}`,
  measure: undefined,
  startedAt: 1000 * id,
  firedAt: 1000 * id,
  resolvedAt: undefined,
  ...change,
});

function viewWith(list: readonly Alert[]): View {
  const harness = startSession();
  harness.run(30);
  const view = viewOf(harness, 0);
  return { ...view, snapshot: { ...view.snapshot, alerts: list } };
}

describe("the ticker", () => {
  it("shows what fires before all else, the most severe and then the newest first", () => {
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
    // Where there is one row for alerts, a page is not hidden by a newer warning.
    expect(textsOf(ticker, view, { width: 76, height: 1 })[0]).toContain("RULE_7");
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

  it("stays on its alert when a new one comes in above it", () => {
    const before = withCursor(viewWith([alert(3), alert(2), alert(1)]), "2");
    const after = withCursor(viewWith([alert(4), alert(3), alert(2), alert(1)]), "2");
    for (const view of [before, after]) {
      expect(marked(view)).toContain("RULE_2");
      expect(alerts.entityOf!(view, "2")).toBe("front");
    }
  });

  it("goes to the first where its item is gone", () => {
    expect(marked(withCursor(viewWith([alert(3), alert(1)]), "2"))).toContain("RULE_3");
    const view = withCursor(viewWith([]), "2");
    expect(cursorIndex(view, { id: "alerts" }, ["a", "2"])).toBe(1);
    expect(cursorIndex(view, { id: "alerts" }, ["a", "b"])).toBe(0);
    expect(cursorIndex(view, { id: "other" }, ["a", "2"])).toBe(0);
  });

  it("moves over the alerts of one entity where the panel is limited to it", () => {
    const view = viewWith([alert(3, { entity: "back" }), alert(2), alert(1)]);
    const items = (scope: string) => alerts.items!(view, instanceOf(alerts, { scope }));
    expect(items("selected")).toEqual(["2", "1"]);
    expect(items("all")).toEqual(["3", "2", "1"]);
  });
});

describe("fault cards", () => {
  it("show the measure of the fault before it and at its worst, in its unit", () => {
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
  it("does not claim more than is kept", () => {
    const view = viewWith([]);
    expect(textsOf(failures, withSelected(view, { failures: [] }), SIZE)).toEqual([
      "no failures recorded in what is kept",
    ]);
    const some = withSelected(view, { failures: [{ at: 0, reason: "connection refused" }] });
    expect(textsOf(failures, some, SIZE)[0]).toMatch(/connection refused$/);
  });
});
