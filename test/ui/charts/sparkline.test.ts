import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Measure } from "../../../src/core/measure.ts";
import { glyphsFor } from "../../../src/terminal/glyphs.ts";
import { sparkBlocks, sparkline } from "../../../src/ui/charts/sparkline.ts";
import { startSession } from "../harness.ts";

describe("sparkline", () => {
  it("shows no later values on a paused screen", () => {
    const { session, run, monitor, press } = startSession();
    run(40);
    const text = () => {
      const view = session.view();
      return sparkline(view, view.snapshot.entities[1]!, 20)
        .map((part) => part.text)
        .join("");
    };
    const { at } = session.view().snapshot;
    const before = text();
    const { name } = session.view().snapshot.entities[1]!;
    monitor.dispatch({
      type: "inject",
      entity: name,
      kind: "latency",
      params: { latency: 800 },
      ttlMs: 30_000,
    });
    run(20);
    expect(text()).not.toBe(before);
    press("@-20s<enter>");
    expect(session.view().snapshot.at).toBe(at);
    expect(text()).toBe(before);
  });
});

describe("the height of the blocks", () => {
  const glyphs = glyphsFor(true);
  const measure = { id: "depth", unit: "count", worse: "up" } as Measure;
  const limits = { degraded: 100, critical: 1000 };
  const levels = (values: readonly number[]) =>
    [
      ...sparkBlocks(
        { glyphs },
        { values: Float64Array.from(values), weak: new Uint8Array(values.length) },
        measure,
        limits,
      )
        .map(({ text }) => text)
        .join(""),
    ].map((block) => glyphs.sparkline.indexOf(block));

  it("shows changes far below the critical limit, and stays low", () => {
    expect(levels([0, 10, 20, 30])).toEqual([1, 1, 2, 3]);
    expect(levels([0, 1, 2, 1])).toEqual([1, 1, 1, 1]);
  });

  it("is that of the critical limit from values near it on", () => {
    expect(levels([125, 250, 500, 1000])).toEqual([1, 2, 4, 8]);
    expect(levels([2000, 1000])).toEqual([8, 4]);
  });

  it("never falls while the values rise, and stays low below a quarter of the critical limit", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 250, noNaN: true }), { minLength: 1 }), (values) => {
        const rising = levels(values.toSorted((a, b) => a - b));
        expect(rising).toEqual(rising.toSorted((a, b) => a - b));
        expect(Math.max(...rising)).toBeLessThanOrEqual(3);
      }),
    );
  });
});
