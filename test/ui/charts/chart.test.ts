import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { glyphsFor } from "../../../src/terminal/glyphs.ts";
import { labelEvery, niceScale, plotLine } from "../../../src/ui/charts/chart.ts";
import { columnOf, markRow, timeLabels } from "../../../src/ui/charts/time-axis.ts";
import { timeGrid } from "../../../src/ui/charts/time-grid.ts";
import { ZOOMS } from "../../../src/ui/state.ts";

const { box } = glyphsFor(true);

describe("the scale of an axis", () => {
  it.each([
    [340, 4, 400, 100],
    [1020, 4, 2000, 500],
    [51, 5, 100, 20],
  ])("for %d on %d rows reaches %d in steps of %d", (value, rows, max, step) => {
    expect(niceScale(value, rows)).toEqual({ min: 0, max, step });
  });

  it("covers the value with round labels, and wastes at most two thirds of the height", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 1e7, noNaN: true }),
        fc.integer({ min: 2, max: 30 }),
        (value, rows) => {
          const { max, step } = niceScale(value, rows);
          expect(max).toBeGreaterThanOrEqual(value * (1 - 1e-9));
          expect(max).toBeLessThanOrEqual(value * 2.6);
          const label = step * labelEvery(rows);
          expect([1, 2, 2.5, 4, 5, 10]).toContain(
            Number((label / 10 ** Math.floor(Math.log10(label) + 1e-9)).toFixed(6)),
          );
        },
      ),
    );
  });
});

describe("the scale of an axis with negative values", () => {
  it("covers both ends and zero in round steps", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: -1e6, max: -0.01, noNaN: true }),
        fc.integer({ min: 2, max: 30 }),
        (high, low, rows) => {
          const { min, max, step } = niceScale(high, rows, low);
          expect(max).toBeGreaterThanOrEqual(high * (1 - 1e-9));
          expect(min).toBeLessThanOrEqual(low * (1 - 1e-9));
          expect((max - min) / step).toBeCloseTo(rows, 6);
          expect(min / step).toBeCloseTo(Math.round(min / step), 6);
        },
      ),
    );
  });
});

describe("the line of a chart", () => {
  const scale = { min: 0, max: 400, step: 100 };

  it("has the height of its values", () => {
    expect(plotLine([0, 0, 400, 400], scale, 4, box)).toEqual([" ╭──", " │  ", " │  ", " │  ", "─╯  "]);
  });

  it("leaves a gap for unknown values, and draws a single value", () => {
    expect(plotLine([100, Number.NaN, 300, Number.NaN], scale, 4, box)).toEqual([
      "    ",
      "  ─ ",
      "    ",
      "─   ",
      "    ",
    ]);
  });

  it("has one column per value, for any values", () => {
    const value = fc.option(fc.double({ min: 0, max: 400, noNaN: true }), { nil: Number.NaN });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 2, max: 12 }),
        (values, rows) => {
          const drawn = plotLine(values, { min: 0, max: 400 }, rows, box);
          expect(drawn).toHaveLength(rows + 1);
          for (const row of drawn) expect([...row]).toHaveLength(values.length);
          for (const [column, known] of values.entries()) {
            const signs = drawn
              .map((row) => [...row][column])
              .join("")
              .trim();
            expect(signs === "").toBe(Number.isNaN(known));
          }
        },
      ),
    );
  });
});

describe("the axis of time", () => {
  const from = Date.UTC(2026, 0, 1, 14, 2, 20);
  const time = { from, to: from + 60_000, columns: 61 };

  it("puts an instant into its column", () => {
    expect(columnOf(from, time)).toBe(0);
    expect(columnOf(from + 30_000, time)).toBe(30);
    expect(columnOf(from + 60_000, time)).toBe(60);
  });

  it("marks a fault from the column that contains its beginning to the one that contains its end", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZOOMS),
        fc.integer({ min: 10, max: 400 }),
        fc.integer({ min: 0, max: 1e9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (zoomMs, columns, ms, start, length) => {
          const at = from + ms;
          const grid = timeGrid(at, zoomMs, columns);
          const injectedAt = Math.round(at - start * zoomMs * 1.2);
          const endedAt = Math.round(injectedAt + (at - injectedAt) * length);
          const [mark] = markRow([{ from: injectedAt, to: endedAt }], grid.time, glyphsFor(false));
          for (let column = 0; column < columns; column++) {
            const end = grid.time.from + column * grid.stepMs;
            const begins = end - grid.stepMs;
            // Instants within a rounding error of a border may be on either side.
            if (
              [injectedAt, endedAt].some((one) => [begins, end].some((each) => Math.abs(one - each) < 0.01))
            )
              continue;
            const isFirst = injectedAt > begins && injectedAt < end;
            const isIn = injectedAt < end && endedAt > begins;
            expect(mark!.text[column]).toBe(isFirst ? "!" : isIn ? "-" : " ");
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("labels round times only", () => {
    const labels = timeLabels(time).trim().split(/\s+/);
    expect(labels.length).toBeGreaterThanOrEqual(2);
    for (const label of labels) expect(label).toMatch(/^\d\d:\d\d:[0-5][05]$/);
  });

  it("marks the start and duration of a fault", () => {
    const [mark] = markRow([{ from: from + 10_000, to: from + 13_000 }], time, glyphsFor(false));
    expect(mark!.text.trimEnd()).toBe(`${" ".repeat(10)}!---`);
  });

  it("marks a fault that started before the chart as a line from its edge", () => {
    const [mark] = markRow([{ from: from - 10_000, to: from + 2_000 }], time, glyphsFor(false));
    expect(mark!.text.trimEnd()).toBe("---");
  });
});
