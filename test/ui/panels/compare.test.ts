import { describe, expect, it } from "vitest";
import type { Measure } from "../../../src/core/measure.ts";
import type { FaultCard } from "../../../src/monitor/types.ts";
import { compare } from "../../../src/ui/panels/compare.ts";
import { compareColumnsFor } from "../../../src/ui/tables/compare-columns.ts";
import { phasesOf, valuesIn } from "../../../src/ui/tables/fault-phases.ts";
import { worsening } from "../../../src/ui/tables/worsening.ts";
import { startSession } from "../harness.ts";
import { textsOf, titleOf, viewOf } from "./painting.ts";

const SIZE = { width: 116, height: 8 };

/** front calls back, which is slowed; aside is unrelated. */
const CONFIG = `
window: 5s
services:
  - { name: aside, base_latency: 20ms, rate: 30, error_rate: 0 }
  - { name: front, base_latency: 20ms, rate: 40, error_rate: 0, calls: [{ service: back, timeout: 2s, retries: 0 }] }
  - { name: back, base_latency: 40ms, rate: 10, error_rate: 0 }
`;

function slowed() {
  const harness = startSession({ config: CONFIG });
  harness.run(40);
  harness.monitor.dispatch({
    type: "inject",
    entity: "back",
    kind: "latency",
    params: { latency: 800 },
    ttlMs: 60_000,
  });
  harness.run(20);
  return harness;
}

const numbers = (row: string) =>
  row
    .slice(15)
    .match(/[\d,.]+|–/g)!
    .map((text) => Number(text.replaceAll(",", "")));

describe("before, during and after a fault", () => {
  it("ranks the broken service and those it spread to before the others", () => {
    const rows = textsOf(compare, viewOf(slowed(), 0), SIZE);
    expect(rows[0]).toMatch(/service +p99 ms +err% +req\/s +p99 x before/);
    const names = rows.slice(1).map((row) => row.slice(0, 8).trim());
    expect(names.slice(0, 2).sort()).toEqual(["front", "↯ back"]);
    expect(names[2]).toBe("aside");
  });

  it("has a dash for the time after while the fault is active, and numbers once it is over", () => {
    const harness = slowed();
    const back = () =>
      numbers(textsOf(compare, viewOf(harness, 0), SIZE).find((row) => row.startsWith("↯"))!);
    const [before, during, after] = back();
    expect(before).toBeLessThan(150);
    expect(during).toBeGreaterThan(800);
    expect(after).toBeNaN();
    expect(titleOf(compare, viewOf(harness, 0))).toBe(
      "latency +800 ms on back: before 40s → during 20s → after –",
    );
    harness.monitor.dispatch({ type: "clear", entity: "back" });
    harness.run(60);
    const [beforeStill, duringStill, afterNow] = back();
    expect([beforeStill, duringStill]).toEqual([before, during]);
    expect(afterNow).toBeLessThan(during!);
    expect(titleOf(compare, viewOf(harness, 0))).toContain("after 20s");
  });

  it("follows the cursor of the faults panel, and falls back to its first fault", () => {
    const harness = slowed();
    harness.monitor.dispatch({
      type: "inject",
      entity: "aside",
      kind: "errors",
      params: { error_rate: 50 },
      ttlMs: 60_000,
    });
    harness.run(10);
    const view = viewOf(harness, 0);
    const under = (nth: number) => {
      const key = String(view.snapshot.faults[nth]?.id ?? "gone");
      return { ...view, ui: { ...view.ui, cursors: { faults: key } } };
    };
    expect(titleOf(compare, under(0))).toContain("on aside");
    expect(textsOf(compare, under(0), SIZE)[1]).toMatch(/^↯ aside/);
    expect(titleOf(compare, under(1))).toContain("on back");
    expect(titleOf(compare, under(9))).toContain("on aside");
  });

  it("drops the least important columns if space is short", () => {
    const view = viewOf(slowed(), 0);
    const headings = (width: number) =>
      textsOf(compare, view, { width, height: 5 })[0]!.trim().split(/ {2,}/);
    expect(headings(116)).toEqual(["service", "p99 ms", "err%", "req/s", "p99 x before"]);
    expect(headings(84)).toEqual(["service", "p99 ms", "err%", "p99 x before"]);
    expect(headings(56)).toEqual(["service", "p99 ms", "p99 x before"]);
    expect(headings(30)).toEqual(["service", "p99 x before"]);
  });
});

describe("a fault on a queue", () => {
  const QUEUE = `
window: 5s
worlds:
  - world: task-queue
    name: orders
    options:
      queues: [{ name: jobs }]
      producers: [{ name: shop, to: jobs, rate: 20 }]
      consumers: [{ name: worker, from: jobs, count: 3, processing_time: 80ms }]
`;

  it("averages gauges over a phase: their last value may be from after it", () => {
    const harness = startSession({ config: QUEUE });
    harness.run(20);
    const from = harness.monitor.snapshot().at;
    harness.monitor.dispatch({ type: "act", entity: "jobs", action: "publish", params: { messages: 200 } });
    harness.run(60);
    const { history, kinds, snapshot } = viewOf(harness, 0);
    const kind = kinds.entities.get("queue")!;
    const { depth } = snapshot.entities.find(({ name }) => name === "jobs")!.values;
    expect(depth).toBeLessThan(10);
    const mean = valuesIn(history, kind, "jobs", { from, to: snapshot.at })!;
    const points = { from: from + 1000, to: snapshot.at, points: 60, windowMs: 1000 };
    const seconds = history.series("jobs", "depth", points, "mean").filter((each) => !Number.isNaN(each));
    expect(mean.depth).toBeCloseTo(seconds.reduce((sum, each) => sum + each, 0) / seconds.length, -1);
    expect(mean.depth).toBeGreaterThan(10);
    expect(valuesIn(history, kind, "jobs", { from: 0, to: 1000 })!.depth).toBeNaN();
  });

  it("lists the entities of other kinds that it spread to under a heading of their own", () => {
    const harness = startSession({ config: QUEUE });
    harness.run(20);
    harness.press("fd");
    harness.run(20);
    const view = viewOf(harness, 0);
    const [card] = view.snapshot.faults;
    expect(card!.spreadTo).toContain("shop");
    const rows = textsOf(compare, view, SIZE);
    expect(rows[0]).toMatch(/^ {2}queue /);
    expect(rows[1]).toMatch(/^↯ jobs /);
    const heading = rows.findIndex((row) => row.startsWith("  producer "));
    expect(heading).toBeGreaterThan(1);
    expect(rows[heading + 1]).toMatch(/^ {2}shop /);
    // Never a heading alone, and never more than there is room for.
    for (let height = 1; height < 8; height++) {
      const cut = textsOf(compare, view, { ...SIZE, height });
      expect(cut.length).toBeLessThanOrEqual(height);
      if (height > 1) expect(cut.at(-1)).not.toMatch(/^ {2}(producer|consumer|queue) /);
    }
  });

  it("has no factor where the baseline is 0", () => {
    const harness = startSession({ config: QUEUE });
    harness.run(20);
    const view = viewOf(harness, 0);
    const kind = view.kinds.entities.get("queue")!;
    const [entity] = view.snapshot.entities;
    const headings = (before: number) => {
      const compared = {
        entity: entity!,
        before: { depth: before },
        during: { depth: 5 },
        after: undefined,
        score: 0,
      };
      return compareColumnsFor(kind, [compared], 110, 12, 24).cells.map(({ heading }) => heading);
    };
    expect(headings(2)).toContain("depth x before");
    expect(headings(0).join()).not.toContain("x before");
  });
});

describe("the phases of a fault", () => {
  const card = { injectedAt: 100_300, endedAt: 110_300 } as FaultCard;
  const at = 500_000;

  it("exclude the seconds in which it started and ended, and the time before the start", () => {
    expect(phasesOf(card, { at, startedAt: 0 }, 5000, at)).toEqual({
      before: { from: 40_000, to: 100_000 },
      during: { from: 100_300, to: 110_300 },
      after: { from: 111_000, to: 120_300 },
    });
    expect(phasesOf(card, { at, startedAt: 90_000 }, 5000, at).before).toEqual({ from: 90_000, to: 100_000 });
    expect(phasesOf(card, { at, startedAt: 100_200 }, 5000, at).before).toBeUndefined();
  });

  it("cover the entity's window before the fault, and end at now", () => {
    expect(phasesOf(card, { at, startedAt: 0 }, 90_000, at).before!.from).toBe(10_000);
    expect(phasesOf(card, { at: 113_000, startedAt: 0 }, 5000, at).after!.to).toBe(113_000);
    expect(phasesOf(card, { at: 110_500, startedAt: 0 }, 5000, at).after).toBeUndefined();
  });

  it("exclude coarser slots for old faults", () => {
    expect(phasesOf(card, { at, startedAt: 0 }, 5000, 2 * 3_600_000).before!.to).toBe(100_000);
    expect(phasesOf(card, { at, startedAt: 0 }, 5000, 9 * 3_600_000)).toMatchObject({
      before: { to: 60_000 },
      after: { from: 120_000, to: 180_000 },
    });
  });
});

describe("worsening", () => {
  const measure = (unit: Measure["unit"], worse: Measure["worse"]) => ({ unit, worse }) as Measure;

  it("has a point for each doubling, for 10 points of a share, for a rate that halved", () => {
    expect(worsening(measure("ms", "up"), 100, 400)).toBeCloseTo(2);
    expect(worsening(measure("count", "up"), 10, 80)).toBeCloseTo(3);
    expect(worsening(measure("duration", "up"), 0, 1024)).toBeCloseTo(10);
    expect(worsening(measure("ratio", "up"), 0.01, 0.21)).toBeCloseTo(2);
    expect(worsening(measure("percent", "down"), 99, 89)).toBeCloseTo(1);
    expect(worsening(measure("per_second", "none"), 40, 10)).toBeCloseTo(2);
  });

  it("is 0 for improvements and unknown values, and bounded for a drop to zero", () => {
    expect(worsening(measure("ms", "up"), 100, 10)).toBe(0);
    expect(worsening(measure("percent", "down"), 80, 99)).toBe(0);
    expect(worsening(measure("per_second", "none"), 40, 80)).toBe(0);
    expect(worsening(measure("count", "none"), 40, 1)).toBe(0);
    expect(worsening(measure("ms", "up"), Number.NaN, 400)).toBe(0);
    expect(worsening(measure("ms", "up"), 400, Number.NaN)).toBe(0);
    expect(worsening(measure("per_second", "none"), 40, 0)).toBe(5);
  });
});
