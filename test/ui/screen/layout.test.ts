import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reduce } from "../../../src/ui/reducer.ts";
import { layoutOf } from "../../../src/ui/screen/layout.ts";
import { initialState, type UiState, VIEWS } from "../../../src/ui/state.ts";

const START = initialState({ themeIndex: 0, depth: "truecolor", unicode: true });

const states: readonly UiState[] = [
  ...VIEWS.map((view) => reduce(START, { type: "view", view })),
  reduce(START, { type: "menu-open", service: "a" }),
  reduce(START, { type: "palette-open" }),
];

const layout = (width: number, height: number, ui = states[0]!, banner = false, serviceCount = 5) =>
  layoutOf({ width, height, ui, banner, serviceCount });

describe("the layout", () => {
  it("fills the screen exactly, at every size, in every view", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 120 }),
        fc.constantFrom(...states),
        fc.boolean(),
        fc.integer({ min: 1, max: 10_000 }),
        (width, height, ui, banner, serviceCount) => {
          const {
            room,
            rows,
            bodyHeight,
            footer,
            banner: hasBanner,
          } = layout(width, height, ui, banner, serviceCount);
          if (room === "words") return;
          for (const row of rows) {
            expect(row.reduce((sum, box) => sum + box.width, 0)).toBe(width);
            expect(new Set(row.map((box) => box.height)).size).toBe(1);
            for (const box of row) expect(box.height).toBeGreaterThan(0);
          }
          expect(rows.reduce((sum, row) => sum + row[0]!.height, 0)).toBe(bodyHeight);
          expect(1 + bodyHeight + (footer ? 1 : 0) + (hasBanner ? 1 : 0)).toBe(height);
        },
      ),
    );
  });

  it.each([
    [120, 40, "full"],
    [80, 24, "medium"],
    [40, 10, "compact"],
    [39, 10, "words"],
    [1, 1, "words"],
  ])("at %dx%d is %s", (width, height, room) => expect(layout(width, height).room).toBe(room));

  it("shows at 80x24 the table, a chart, alerts and faults", () => {
    const panels = layout(80, 24)
      .rows.flat()
      .map(({ panel }) => panel);
    expect(panels).toEqual(["services", "p99-chart", "ticker"]);
  });

  it.each([
    [120, 40, ["lines", "gauges", "label-sets"]],
    [80, 24, ["lines", "gauges", "label-sets"]],
    [60, 16, ["lines", "gauges"]],
    [40, 10, ["lines", "gauges"]],
  ])("shows of the trends at %dx%d what there is room for", (width, height, panels) => {
    const trends = layout(width, height, reduce(START, { type: "view", view: "trends" }));
    expect(trends.rows.flat().map(({ panel }) => panel)).toEqual(panels);
    expect(trends.focusable).toEqual(["services"]);
  });

  it("shows every service of the default fleet at 80x24", () => {
    const [table] = layout(80, 24).rows[0]!;
    expect(table!.height).toBeGreaterThanOrEqual(5 + 1 + 2);
  });
});
