import { describe, expect, it } from "vitest";
import type { Severity } from "../../../src/core/alert.ts";
import type { IncidentStatistics, IncidentTimes } from "../../../src/core/incident.ts";
import { incidentCards } from "../../../src/ui/panels/incident-cards.ts";
import { incidentGroups } from "../../../src/ui/panels/incident-groups.ts";
import { maintenance } from "../../../src/ui/panels/maintenance.ts";
import { mttrTrend } from "../../../src/ui/panels/mttr-trend.ts";
import { rules } from "../../../src/ui/panels/rules.ts";
import { textsOf } from "../panels/painting.ts";
import { aRule, sessionWith } from "./fixtures.ts";

const HOUR_MS = 3_600_000;
const times = (count: number, mttrMs: number): IncidentTimes => ({
  count,
  mttdMs: 5_000,
  mttaMs: Number.NaN,
  mttrMs,
});
const NONE = times(0, Number.NaN);

/** Statistics in which the last hour took ten minutes to recover and the one before twenty. */
function statistics(): IncidentStatistics {
  const hours = Array.from({ length: 24 }, (_, hour) => ({ ...NONE, from: hour * HOUR_MS }));
  return {
    ...times(3, 15 * 60_000),
    open: 1,
    firing: 4,
    byEntity: new Map([["back", times(2, 60_000)]]),
    byRule: new Map([["SERVICE_DOWN", times(3, 60_000)]]),
    bySeverity: new Map<Severity, IncidentTimes>([
      ["warning", times(1, 60_000)],
      ["page", times(2, 60_000)],
    ]),
    hours: hours
      .with(22, { ...hours[22]!, ...times(1, 20 * 60_000) })
      .with(23, { ...hours[23]!, ...times(1, 10 * 60_000) }),
  };
}

function withStatistics() {
  const view = sessionWith({}).session.view();
  return { ...view, history: { ...view.history, incidentStatistics: statistics } };
}

describe("the statistics of incidents", () => {
  it("show the numbers and times of 24 hours, and a dash for a time that nobody knows", () => {
    for (const width of [116, 76, 40]) {
      const text = textsOf(incidentCards, withStatistics(), { width, height: 3 }).join("\n");
      expect(text).toMatch(/MTTD[\s\S]*5s/);
      expect(text).toMatch(/15m/);
      expect(text).toContain("–");
    }
  });

  it("group them, the worst severity first, with aligned numbers", () => {
    const rows = textsOf(incidentGroups, withStatistics(), { width: 60, height: 20 });
    const at = (name: string) => rows.findIndex((row) => row.includes(name));
    expect(at("page")).toBeLessThan(at("warning"));
    expect(at("warning")).toBeLessThan(at("back"));
    const ends = ["page", "back", "SERVICE_DOWN"].map((name) => rows[at(name)]!.trimEnd().length);
    expect(new Set(ends).size).toBe(1);
  });

  it("draw the time to recovery of each hour as a bar: the newest is half as high", () => {
    const rows = textsOf(mttrTrend, withStatistics(), { width: 64, height: 12 });
    const heights = [0, 1].map((bar) => {
      const column = rows[0]!.length - 64 + 64 - 2 * (2 - bar);
      return rows.filter((row) => "▁▂▃▄▅▆▇█".includes(row[column] ?? " ")).length;
    });
    expect(heights[0]).toBeGreaterThan(heights[1]!);
    expect(heights[1]).toBeGreaterThan(1);
  });
});

describe("the list of maintenance windows", () => {
  it("shows which is open and until when, and when the others open", () => {
    const { session, monitor } = sessionWith({});
    const { at } = monitor.snapshot();
    const closed = { openSince: undefined, openUntil: undefined, opensAt: undefined, closesAt: undefined };
    const window = {
      name: "nightly",
      matchers: 'entity="back"',
      reason: "backups",
      schedule: "0 2 * * * for 1h",
      ...closed,
    };
    const windows = [
      { ...window, openSince: at - 1000, openUntil: at + 90_000 },
      { ...window, name: "later", opensAt: at + HOUR_MS, closesAt: at + 2 * HOUR_MS },
      { ...window, name: "done" },
    ];
    const view = session.view();
    const rows = textsOf(
      maintenance,
      { ...view, snapshot: { ...view.snapshot, maintenance: windows } },
      { width: 116, height: 5 },
    );
    expect(rows[0]).toMatch(/open +ends in 1m 30s +nightly +entity="back".*backups/);
    expect(rows[1]).toMatch(/closed +opens in 1h +later/);
    expect(rows[2]).toMatch(/over +done/);
  });
});

describe("the list of rules", () => {
  it("keeps its columns while it is filtered", () => {
    const all = [aRule(), aRule({ name: "A_MUCH_LONGER_NAME" })];
    const view = sessionWith({ rules: all }).session.view();
    const column = (alertFilter: string) =>
      textsOf(rules, { ...view, ui: { ...view.ui, alertFilter } }, { width: 116, height: 6 })
        .find((row) => row.includes("HIGH_LATENCY"))!
        .indexOf("p99 > 500");
    expect(column("")).toBeGreaterThan(0);
    expect(column("latency")).toBe(column(""));
  });

  it("has rules of the same name as different items", () => {
    const view = sessionWith({ rules: [aRule(), aRule({ condition: "p99 > 2s" })] }).session.view();
    expect(new Set(rules.items!(view, { id: "rules", kind: "rules", options: {} })).size).toBe(2);
  });
});
