import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitColumns, GAP } from "../../../src/ui/tables/fit-columns.ts";

const columns = fc.uniqueArray(
  fc.record({ width: fc.integer({ min: 1, max: 12 }), priority: fc.integer({ min: 0, max: 30 }) }),
  { selector: ({ priority }) => priority, maxLength: 12 },
);

describe("the columns that fit", () => {
  it("are the most important ones, in the given order, within the width", () => {
    fc.assert(
      fc.property(columns, fc.integer({ min: 0, max: 100 }), (all, room) => {
        const { cells, left } = fitColumns(all, room);
        expect(cells).toEqual(all.filter((column) => cells.includes(column)));
        expect(cells.reduce((sum, { width }) => sum + GAP + width, left)).toBe(room);
        expect(left).toBeGreaterThanOrEqual(0);
        const dropped = all.filter((column) => !cells.includes(column));
        for (const { priority } of dropped)
          for (const kept of cells) expect(kept.priority).toBeLessThan(priority);
        const next = dropped.toSorted((a, b) => a.priority - b.priority)[0];
        if (next) expect(left).toBeLessThan(GAP + next.width);
      }),
    );
  });

  it("keep the reserved width free", () => {
    const all = [1, 2, 3].map((priority) => ({ width: 4, priority }));
    expect(fitColumns(all, 20, (chosen) => (chosen >= 2 ? 5 : 0)).cells).toHaveLength(2);
    expect(fitColumns(all, 23, (chosen) => (chosen >= 2 ? 5 : 0)).cells).toHaveLength(3);
  });
});
