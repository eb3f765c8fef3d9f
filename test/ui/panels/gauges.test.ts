import { describe, expect, it } from "vitest";
import type { Snapshot } from "../../../src/monitor/types.ts";
import { gaugeColumns } from "../../../src/ui/charts/gauge-columns.ts";
import { timeGrid } from "../../../src/ui/charts/time-grid.ts";
import { gauges } from "../../../src/ui/panels/gauges.ts";
import type { View } from "../../../src/ui/view.ts";
import { startSession } from "../rig.ts";
import { textsOf, viewOf } from "./painting.ts";

type History = Snapshot["history"];

const NOW = 600_000;
/** A history of one gauge that is told by a function of time, every `everyMs`; NaN is not told. */
function told(valueAt: (at: number) => number, everyMs = 1000): History {
  return {
    ...startSession().session.view().snapshot.history,
    gaugeSeries(_service, _gauge, from, to, points, of = "last") {
      const step = (to - from) / (points - 1);
      return Float64Array.from({ length: points }, (_, point) => {
        const end = from + point * step;
        const values: number[] = [];
        for (let at = Math.floor((end - step) / everyMs + 1) * everyMs; at <= end + 1e-6; at += everyMs)
          if (!Number.isNaN(valueAt(at))) values.push(valueAt(at));
        if (values.length === 0) return Number.NaN;
        if (of === "min") return Math.min(...values);
        if (of === "max") return Math.max(...values);
        return values.reduce((sum, value) => sum + value, 0) / values.length;
      });
    },
  };
}
const columnsOf = (history: History, zoomMs: number, columns = 50) =>
  gaugeColumns(history, "a", "cpu", timeGrid(NOW, zoomMs, columns), NOW);
const known = (values: Float64Array) => [...values].filter((value) => !Number.isNaN(value));

describe("a gauge in columns", () => {
  it("has the mean as its line and the extremes around it", () => {
    const { line, min, max, whole } = columnsOf(
      told((at) => (at % 2000 === 0 ? 60 : 20)),
      300_000,
    );
    for (const [column, value] of known(line).entries()) {
      expect(value).toBeGreaterThanOrEqual(min[column]!);
      expect(value).toBeLessThanOrEqual(max[column]!);
    }
    expect(whole).toMatchObject({ min: 20, max: 60 });
    expect(whole.mean).toBeGreaterThan(30);
    expect(whole.mean).toBeLessThan(50);
  });

  it("keeps the shape of a hump that is narrower than a column", () => {
    // A column is 12 s; the hump lasts 4 s, and a mean over its column would hardly show it.
    const { line } = columnsOf(
      told((at) => (at > 300_000 && at <= 304_000 ? 90 : 10)),
      600_000,
    );
    expect(Math.max(...known(line))).toBeGreaterThan(60);
  });

  it("holds a level that is told seldom, but not for ever", () => {
    const seldom = columnsOf(
      told(() => 30, 10_000),
      60_000,
    );
    expect(known(seldom.line).length).toBeGreaterThan(40);
    const ended = columnsOf(
      told((at) => (at < NOW - 40_000 ? 30 : Number.NaN)),
      60_000,
    );
    expect(ended.line.at(-1)).toBeNaN();
    expect(known(ended.line).length).toBeLessThan(35);
  });

  it("asks of nothing that was told later", () => {
    const asked: number[] = [];
    const history = told(() => 1);
    const spy: History = {
      ...history,
      gaugeSeries(...query) {
        asked.push(query[3]);
        return history.gaugeSeries(...query);
      },
    };
    columnsOf(spy, 3_600_000);
    expect(Math.max(...asked)).toBeLessThanOrEqual(NOW);
  });
});

describe("the panel gauges", () => {
  const SIZE = { width: 56, height: 16 };
  const withGauges = (view: View, more: Record<string, number>): View => ({
    ...view,
    selected: {
      ...view.selected!,
      counters: new Map(),
      gauges: new Map(Object.entries(more).map(([name, value]) => [name, { value, at: view.snapshot.at }])),
    },
  });
  const started = () => {
    const rig = startSession();
    rig.run(40);
    return rig;
  };

  it("shows cpu and memory as charts, each with its newest value, mean, least and most", () => {
    const rows = textsOf(gauges, viewOf(started(), 0), SIZE);
    const heads = rows.filter((row) => /mean \d+% {2}min \d+% {2}max \d+%/.test(row));
    expect(heads.map((row) => row.split(" ")[0])).toEqual(["cpu", "memory"]);
    for (const row of heads) expect(row).toMatch(/^\w+ +\d+%/);
    expect(rows.filter((row) => row.includes("┤")).length).toBeGreaterThan(8);
    expect(rows.filter((row) => /\d\d:\d\d:\d\d/.test(row))).toHaveLength(1);
  });

  it("shows what is beyond its room as rows, then as a count", () => {
    const view = withGauges(viewOf(started(), 0), { load: 1.5, queue: 12, open_files: 700 });
    const tall = textsOf(gauges, view, SIZE);
    expect(tall.find((row) => row.startsWith("load"))).toMatch(/1\.50/);
    expect(tall.at(-1)).toMatch(/^queue +12\.0/);
    // The numbers of rows stand below each other.
    expect(new Set(tall.slice(-3).map((row) => /\d(?= |$)/.exec(row)!.index)).size).toBe(1);
    const short = textsOf(gauges, view, { width: 56, height: 3 });
    expect(short.map((row) => row.split(" ")[0])).toEqual(["cpu", "memory", "and"]);
    expect(short[2]).toContain("and 3 more");
  });

  it("shows counters below the gauges, as rates over time", () => {
    const rig = startSession({
      config: `window: 5s
services:
  - { name: front, base_latency: 20ms, rate: 20, error_rate: 0, calls: [{ service: back, timeout: 1s, retries: 1 }] }
  - { name: back, base_latency: 60ms, rate: 1, capacity: 1000 }`,
    });
    rig.run(30);
    rig.monitor.dispatch({
      type: "inject",
      service: "back",
      kind: "latency",
      intensity: 2000,
      ttlMs: 60_000,
    });
    rig.run(20);
    const rows = textsOf(gauges, viewOf(rig, 0), SIZE);
    expect(rows.slice(-2).map((row) => row.split(" ")[0])).toEqual(["retries/s", "timeouts/s"]);
    // Twenty requests a second time out, are tried again and time out again; half a minute ago none did.
    expect(rows.at(-1)).toMatch(/^timeouts\/s +(3[5-9]|4\d)\.\d +▁+.*[▇█]+ 0\.0 to \d\d\.\d\s*$/);
    const short = textsOf(gauges, viewOf(rig, 0), { width: 76, height: 2 });
    expect(short.map((row) => row.split(" ")[0])).toEqual(["cpu", "memory"]);
  });

  it("colours a gauge that is nearly used up", () => {
    const roles = (cpu: number) => {
      const { snapshot, selected, ...rest } = viewOf(started(), 0);
      const history = told(() => cpu);
      const view = {
        ...rest,
        snapshot: { ...snapshot, history },
        selected: { ...selected!, cpu, counters: new Map() },
      };
      return gauges.paint(view, SIZE).flatMap(({ line }) => line.map(({ role }) => role));
    };
    expect(roles(97).filter((role) => role === "critical").length).toBeGreaterThanOrEqual(2);
    expect(roles(50)).not.toContain("critical");
  });

  it("labels its axis with round numbers only, none above what can be", () => {
    const { snapshot, ...rest } = viewOf(started(), 0);
    const view = withGauges({ ...rest, snapshot: { ...snapshot, history: told(() => 97) } }, {});
    for (let height = 12; height < 24; height++) {
      const rows = textsOf(gauges, view, { width: 56, height });
      const labels = rows.map((row) => /^ *(\d+)% ┤/.exec(row)?.[1]).filter((label) => label !== undefined);
      expect(labels.length).toBeGreaterThan(4);
      for (const label of labels) {
        expect(Number(label) % 5).toBe(0);
        expect(Number(label)).toBeLessThanOrEqual(100);
      }
    }
  });

  it("has an axis for what was always zero, or was never told in this time", () => {
    for (const value of [0, Number.NaN]) {
      const { snapshot, ...rest } = viewOf(started(), 0);
      const history = told(() => value);
      const view = withGauges({ ...rest, snapshot: { ...snapshot, history } }, { queue: 0 });
      const rows = textsOf(gauges, view, { width: 56, height: 24 });
      expect(rows.filter((row) => /\d%? ┤/.test(row)).length).toBeGreaterThan(9);
      expect(rows.join("\n")).not.toContain("NaN");
    }
  });

  it("says so of a service that tells none", () => {
    const { snapshot, ...rest } = viewOf(started(), 0);
    const view = {
      ...rest,
      snapshot,
      selected: {
        ...rest.selected!,
        cpu: undefined,
        memory: undefined,
        gauges: new Map(),
        counters: new Map(),
      },
    };
    expect(textsOf(gauges, view, SIZE).join(" ")).toContain("nobody tells gauges of this service");
  });
});
