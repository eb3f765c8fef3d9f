import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Unit } from "../../../src/core/metric.ts";
import { createChartMemory } from "../../../src/ui/chart-memory.ts";
import { classBounds } from "../../../src/ui/charts/value-classes.ts";
import { heatmap } from "../../../src/ui/panels/heatmap.ts";
import { CALM, configOf } from "../../monitor/harness.ts";
import { startSession } from "../harness.ts";
import { rolesOf, textsOf, viewOf } from "./painting.ts";

const SIZE = { width: 109, height: 14 };
const GUTTER = 9;

/** `back`, healthy for 40 s, then slowed by 800 ms for 20 s. */
function slowed() {
  const harness = startSession();
  harness.run(40);
  harness.press("jfl");
  harness.run(20);
  return harness;
}

describe("the heatmap", () => {
  it("shows fast values before a fault and slow values during it", () => {
    const rows = textsOf(heatmap, viewOf(slowed(), 0), SIZE).slice(0, -2);
    const low = rows.map((row) => Number(row.slice(0, 7).replaceAll(",", "")));
    const isLit = (from: number, to: number, slow: boolean) =>
      rows.some(
        (row, index) => low[index]! >= 300 === slow && row.slice(GUTTER + from, GUTTER + to).trim() !== "",
      );
    expect([isLit(10, 60, false), isLit(10, 60, true)]).toEqual([true, false]);
    expect([isLit(75, 100, false), isLit(75, 100, true)]).toEqual([false, true]);
  });

  it("has round rising bounds on its left, in the colours of the limits they cross", () => {
    const view = viewOf(slowed(), 0);
    const rows = textsOf(heatmap, view, SIZE).slice(0, -2);
    const labels = rows.map((row) => row.slice(0, 8));
    for (const label of labels) expect(label).toMatch(/^ *[\d,.]+ $/);
    const bounds = labels.map((label) => Number(label.replaceAll(",", "")));
    expect(bounds).toEqual(bounds.toSorted((a, b) => b - a));
    const slow = bounds.findIndex((bound) => bound <= 800);
    expect(rolesOf(heatmap, view, SIZE, slow).at(-1)).toBe("degraded");
    expect(
      rolesOf(
        heatmap,
        view,
        SIZE,
        bounds.findIndex((bound) => bound <= 40),
      ).at(-1),
    ).toBe("mark");
  });

  it("has fault marks and round times below", () => {
    const [marks, times] = textsOf(heatmap, viewOf(slowed(), 0), SIZE).slice(-2);
    expect(marks).toMatch(/^ +↯─+$/);
    expect(times).toMatch(/\d\d:\d\d:\d[05]/);
  });

  it("shades by the share of a column's requests", () => {
    const rows = textsOf(heatmap, viewOf(slowed(), 0), { ...SIZE, height: 5 }).slice(0, -1);
    // With few rows classes are coarse: most requests of a column are in one.
    expect(rows.join("")).toContain("█");
    const fine = textsOf(heatmap, viewOf(slowed(), 0), { ...SIZE, height: 40 });
    expect(fine.join("")).toMatch(/[░▒]/);
  });

  it("paints the same from the cache as from the history", () => {
    const harness = startSession();
    for (let step = 0; step < 12; step++) {
      harness.run(step % 3 === 0 ? 0.5 : 7);
      if (step === 4) harness.press("jfl");
      const view = viewOf(harness, 0);
      const uncached = { ...view, memory: createChartMemory() };
      expect(textsOf(heatmap, view, SIZE)).toEqual(textsOf(heatmap, uncached, SIZE));
    }
  });

  it("shows no old data of an entity that was removed and added again", () => {
    const harness = startSession();
    harness.run(40);
    const signs = () =>
      textsOf(heatmap, viewOf(harness, 0), SIZE)
        .slice(0, -2)
        .map((row) => row.slice(GUTTER).trimEnd())
        .join("")
        .replaceAll(" ", "").length;
    harness.press("j");
    const before = signs();
    harness.monitor.reconfigure(configOf("services: [{ name: front, base_latency: 20ms }]"));
    harness.run(1);
    harness.monitor.reconfigure(configOf(CALM));
    harness.run(4);
    expect(harness.session.view().selected!.name).toBe("back");
    expect(signs()).toBeLessThan(before / 3);
  });
});

describe("classes of values", () => {
  it("cover the range in round steps, with at most the given number of classes", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 1e6, noNaN: true }),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.integer({ min: 2, max: 40 }),
        (low, factor, most) => {
          const high = Math.min(5e6, low * factor);
          const bounds = classBounds(low, high, most);
          expect(bounds.length - 1).toBeGreaterThanOrEqual(1);
          expect(bounds.length - 1).toBeLessThanOrEqual(most);
          expect(bounds[0]).toBeLessThanOrEqual(low);
          expect(bounds.at(-1)).toBeGreaterThan(high);
          for (const [index, bound] of bounds.slice(1).entries())
            expect(bound).toBeGreaterThan(bounds[index]!);
          for (const bound of bounds) expect(bound).toBe(Number(bound.toPrecision(2)));
        },
      ),
    );
  });

  it("do so for times and sizes", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Unit>("duration", "bytes"),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.double({ min: 1, max: 1e4, noNaN: true }),
        fc.integer({ min: 2, max: 40 }),
        (unit, low, factor, most) => {
          const bounds = classBounds(low, low * factor, most, unit);
          expect(bounds.length - 1).toBeGreaterThanOrEqual(1);
          expect(bounds.length - 1).toBeLessThanOrEqual(most);
          expect(bounds[0]).toBeLessThanOrEqual(low);
          expect(bounds.at(-1)).toBeGreaterThan(low * factor);
          for (const [index, bound] of bounds.slice(1).entries())
            expect(bound).toBeGreaterThan(bounds[index]!);
        },
      ),
    );
  });
});
