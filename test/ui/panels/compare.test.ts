import { describe, expect, it } from "vitest";
import type { Measure } from "../../../src/core/measure.ts";
import type { FaultCard } from "../../../src/monitor/types.ts";
import { compare } from "../../../src/ui/panels/compare.ts";
import { phasesOf } from "../../../src/ui/tables/fault-phases.ts";
import { worsening } from "../../../src/ui/tables/worsening.ts";
import { startSession } from "../harness.ts";
import { textsOf, titleOf, viewOf } from "./painting.ts";

const SIZE = { width: 116, height: 8 };

/** front calls back, which is slowed; aside knows neither. */
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
    expect(rows[0]).toMatch(/service +p99 ms +err% +req\/s +p99 x/);
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

  it("follows the cursor of the panel of faults, and falls back to its first", () => {
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

  it("drops what matters least where room is scarce", () => {
    const view = viewOf(slowed(), 0);
    const headings = (width: number) =>
      textsOf(compare, view, { width, height: 5 })[0]!.trim().split(/ {2,}/);
    expect(headings(116)).toEqual(["service", "p99 ms", "err%", "req/s", "p99 x"]);
    expect(headings(76)).toEqual(["service", "p99 ms", "err%", "p99 x"]);
    expect(headings(50)).toEqual(["service", "p99 ms", "p99 x"]);
    expect(headings(30)).toEqual(["service", "p99 x"]);
  });
});

describe("the phases of a fault", () => {
  const card = { injectedAt: 100_300, endedAt: 110_300 } as FaultCard;
  const at = 500_000;

  it("keep clear of the seconds in which it began and ended, and of the time before the start", () => {
    expect(phasesOf(card, { at, startedAt: 0 }, 5000, at)).toEqual({
      before: { from: 40_000, to: 100_000 },
      during: { from: 100_300, to: 110_300 },
      after: { from: 111_000, to: 120_300 },
    });
    expect(phasesOf(card, { at, startedAt: 90_000 }, 5000, at).before).toEqual({ from: 90_000, to: 100_000 });
    expect(phasesOf(card, { at, startedAt: 100_200 }, 5000, at).before).toBeUndefined();
  });

  it("look back as far as the service's own window, and never beyond now", () => {
    expect(phasesOf(card, { at, startedAt: 0 }, 90_000, at).before!.from).toBe(10_000);
    expect(phasesOf(card, { at: 113_000, startedAt: 0 }, 5000, at).after!.to).toBe(113_000);
    expect(phasesOf(card, { at: 110_500, startedAt: 0 }, 5000, at).after).toBeUndefined();
  });

  it("keep clear of the coarser slots of what is long ago", () => {
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

  it("is 0 for what got better or is not known, and bounded for silence", () => {
    expect(worsening(measure("ms", "up"), 100, 10)).toBe(0);
    expect(worsening(measure("percent", "down"), 80, 99)).toBe(0);
    expect(worsening(measure("per_second", "none"), 40, 80)).toBe(0);
    expect(worsening(measure("count", "none"), 40, 1)).toBe(0);
    expect(worsening(measure("ms", "up"), Number.NaN, 400)).toBe(0);
    expect(worsening(measure("ms", "up"), 400, Number.NaN)).toBe(0);
    expect(worsening(measure("per_second", "none"), 40, 0)).toBe(5);
  });
});
