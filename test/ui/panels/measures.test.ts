import { describe, expect, it } from "vitest";
import type { EntityKind } from "../../../src/core/entity.ts";
import type { Unit } from "../../../src/core/metric.ts";
import type { History } from "../../../src/monitor/types.ts";
import { gaugeColumns } from "../../../src/ui/charts/band-columns.ts";
import { timeGrid } from "../../../src/ui/charts/time-grid.ts";
import { measures } from "../../../src/ui/panels/measures.ts";
import type { View } from "../../../src/ui/view.ts";
import { startSession } from "../harness.ts";
import { instanceOf, textsOf, viewOf } from "./painting.ts";

const NOW = 600_000;
/** A history of one gauge, set every `everyMs` by a function of time; NaN values are skipped. */
function reported(valueAt: (at: number) => number, everyMs = 1000): History {
  return {
    ...startSession().monitor.history,
    series(_entity, _measure, { from, to, points, windowMs }, spread = "mean") {
      const step = points > 1 ? (to - from) / (points - 1) : 0;
      return Float64Array.from({ length: points }, (_, point) => {
        const end = from + point * step;
        const values: number[] = [];
        for (let at = Math.floor((end - windowMs) / everyMs + 1) * everyMs; at <= end + 1e-6; at += everyMs)
          if (!Number.isNaN(valueAt(at))) values.push(valueAt(at));
        if (values.length === 0) return Number.NaN;
        if (spread === "min") return Math.min(...values);
        if (spread === "max") return Math.max(...values);
        return values.reduce((sum, value) => sum + value, 0) / values.length;
      });
    },
  };
}
const columnsOf = (history: History, zoomMs: number, columns = 50) =>
  gaugeColumns(history, "a", { id: "cpu" }, timeGrid(NOW, zoomMs, columns), NOW);
const known = (values: Float64Array) => [...values].filter((value) => !Number.isNaN(value));

describe("a gauge in columns", () => {
  it("has the mean as its line and a band from minimum to maximum", () => {
    const { line, min, max, whole } = columnsOf(
      reported((at) => (at % 2000 === 0 ? 60 : 20)),
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

  it("keeps a peak that is narrower than a column", () => {
    // A column is 12 s and the peak 4 s; a mean over the column would hardly show it.
    const { line } = columnsOf(
      reported((at) => (at > 300_000 && at <= 304_000 ? 90 : 10)),
      600_000,
    );
    expect(Math.max(...known(line))).toBeGreaterThan(60);
  });

  it("keeps a rarely set level, but not forever", () => {
    const seldom = columnsOf(
      reported(() => 30, 10_000),
      60_000,
    );
    expect(known(seldom.line).length).toBeGreaterThan(40);
    const ended = columnsOf(
      reported((at) => (at < NOW - 40_000 ? 30 : Number.NaN)),
      60_000,
    );
    expect(ended.line.at(-1)).toBeNaN();
    expect(known(ended.line).length).toBeLessThan(35);
  });

  it("reads no later values", () => {
    const asked: number[] = [];
    const history = reported(() => 1);
    const spy: History = {
      ...history,
      series(entity, measure, query, spread) {
        asked.push(query.to);
        return history.series(entity, measure, query, spread);
      },
    };
    columnsOf(spy, 3_600_000);
    expect(Math.max(...asked)).toBeLessThanOrEqual(NOW);
  });
});

describe("the panel of measures", () => {
  const SIZE = { width: 56, height: 16 };
  const started = () => {
    const harness = startSession();
    harness.run(40);
    return harness;
  };
  /** The view with additional gauges for the kind of the selected entity. */
  const withGauges = (view: View, more: Record<string, readonly [number, Unit]>): View => {
    const service = view.kinds.entities.get("service")!;
    const gauges = Object.entries(more);
    const kind: EntityKind = {
      ...service,
      kind: "invented",
      metrics: [
        ...service.metrics.filter(({ type }) => type === "gauge"),
        ...gauges.map(([name, [, unit]]) => ({ name, type: "gauge" as const, unit, description: name })),
      ],
      measures: [
        ...service.measures,
        ...gauges.map(([name, [, unit]]) => ({
          id: name,
          title: name.replaceAll("_", " "),
          unit,
          description: name,
          worse: "up" as const,
          read: { type: "statistic" as const, metric: name, stat: "last" as const },
        })),
      ],
    };
    const values = Object.fromEntries(gauges.map(([name, [value]]) => [name, value]));
    const selected = { ...view.selected!, kind: kind.kind, values: { ...view.selected!.values, ...values } };
    return {
      ...view,
      kinds: { ...view.kinds, entities: new Map([...view.kinds.entities, [kind.kind, kind]]) },
      selected,
    };
  };

  it("shows cpu and memory as charts, each with newest value, mean, minimum and maximum", () => {
    const rows = textsOf(measures, viewOf(started(), 0), SIZE);
    const heads = rows.filter((row) => /mean \d+% {2}min \d+% {2}max \d+%/.test(row));
    expect(heads.map((row) => row.split(" ")[0])).toEqual(["cpu", "memory"]);
    for (const row of heads) expect(row).toMatch(/^\w+ +\d+%/);
    expect(rows.filter((row) => row.includes("┤")).length).toBeGreaterThan(8);
    expect(rows.filter((row) => /\d\d:\d\d:\d\d/.test(row))).toHaveLength(1);
  });

  it("shows measures that do not fit as rows, then as a count", () => {
    const view = withGauges(viewOf(started(), 0), {
      load: [1.5, "none"],
      open_files: [700, "count"],
      queue: [12, "none"],
    });
    const tall = textsOf(measures, view, SIZE);
    expect(tall.find((row) => row.startsWith("load"))).toMatch(/1\.50/);
    expect(tall.at(-1)).toMatch(/^queue +12\.0/);
    // The numbers of rows are aligned.
    expect(new Set(tall.slice(-3).map((row) => /\d(?= |$)/.exec(row)!.index)).size).toBe(1);
    const short = textsOf(measures, view, { width: 56, height: 3 });
    expect(short.map((row) => row.split(" ")[0])).toEqual(["cpu", "memory", "and"]);
    expect(short[2]).toContain("and 3 more");
  });

  it("shows counters below the gauges, as rates over time", () => {
    const harness = startSession({
      config: `window: 5s
services:
  - { name: front, base_latency: 20ms, rate: 20, error_rate: 0, calls: [{ service: back, timeout: 1s, retries: 1 }] }
  - { name: back, base_latency: 60ms, rate: 1, capacity: 1000 }`,
    });
    harness.run(30);
    harness.monitor.dispatch({
      type: "inject",
      entity: "back",
      kind: "latency",
      params: { latency: 2000 },
      ttlMs: 60_000,
    });
    harness.run(20);
    const rows = textsOf(measures, viewOf(harness, 0), SIZE);
    expect(rows.slice(-2).map((row) => row.split(" ")[0])).toEqual(["retries/s", "timeouts/s"]);
    // Twenty requests per second time out, are retried and time out again; half a minute ago none did.
    expect(rows.at(-1)).toMatch(/^timeouts\/s +(3[5-9]|4\d)\.\d +▁+.*[▇█]+ 0\.0 to \d\d\.\d\s*$/);
    const short = textsOf(measures, viewOf(harness, 0), { width: 76, height: 4 });
    // The oldest request and the requests in flight are known, because some wait for a second.
    const gauges = ["cpu", "memory", "oldest", "in"];
    expect(short.map((row) => row.split(" ")[0])).toEqual(gauges);
  });

  it("colours a gauge beyond its limits", () => {
    const roles = (cpu: number) => {
      const { selected, ...rest } = viewOf(started(), 0);
      const view = {
        ...rest,
        history: reported(() => cpu),
        selected: { ...selected!, values: { ...selected!.values, cpu } },
      };
      return measures
        .paint(view, SIZE, instanceOf(measures))
        .flatMap(({ line }) => line.map(({ role }) => role));
    };
    expect(roles(97).filter((role) => role === "critical").length).toBeGreaterThanOrEqual(2);
    expect(roles(50)).not.toContain("critical");
  });

  it("labels its axis with round numbers only, none above the maximum", () => {
    const view = { ...viewOf(started(), 0), history: reported(() => 97) };
    for (let height = 14; height < 24; height++) {
      const rows = textsOf(measures, view, { width: 56, height });
      const labels = rows.map((row) => /^ *(\d+)% ┤/.exec(row)?.[1]).filter((label) => label !== undefined);
      expect(labels.length).toBeGreaterThan(4);
      for (const label of labels) {
        expect(Number(label) % 5).toBe(0);
        expect(Number(label)).toBeLessThanOrEqual(100);
      }
    }
  });

  it("has an axis for zero, negative and missing values", () => {
    for (const value of [0, -40, Number.NaN]) {
      const history = reported(() => value);
      const view = withGauges({ ...viewOf(started(), 0), history }, { growth: [value || 0, "none"] });
      const rows = textsOf(measures, view, { width: 56, height: 24 });
      expect(rows.filter((row) => /\d%? ┤/.test(row)).length).toBeGreaterThan(9);
      expect(rows.join("\n")).not.toContain("NaN");
      if (value < 0) expect(rows.join("\n")).toMatch(/growth +-40\.0 .*min -40\.0/);
      if (value < 0) expect(rows.join("\n")).toMatch(/ -\d+ ┤/);
    }
  });

  it("shows a message for an entity without gauges and counters", () => {
    const { selected, ...rest } = viewOf(started(), 0);
    const values = { ...selected!.values, cpu: Number.NaN, memory: Number.NaN };
    const counters = { retries: Number.NaN, timeouts: Number.NaN, restarts: Number.NaN };
    const view = { ...rest, selected: { ...selected!, values: { ...values, ...counters } } };
    expect(textsOf(measures, view, SIZE).join(" ")).toBe("no gauges or counters reported by front");
  });
});
