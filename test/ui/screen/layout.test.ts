import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reduce } from "../../../src/ui/reducer.ts";
import { layoutOf } from "../../../src/ui/screen/layout.ts";
import { initialState, type UiState } from "../../../src/ui/state.ts";
import { type ViewName, views } from "../../../src/ui/views/index.ts";

const START = initialState({ themeIndex: 0, depth: "truecolor", unicode: true });
const opened = (view: ViewName) => reduce(START, { type: "view", view });

const states: readonly UiState[] = [
  ...(Object.keys(views) as ViewName[]).map(opened),
  reduce(START, { type: "menu-open", entity: "a" }),
  reduce(START, { type: "palette-open" }),
];

const focusOf = (kind: string) =>
  kind === "entities" || kind === "lines" ? "selects" : kind === "alerts" ? "cursor" : "none";

const layout = (
  width: number,
  height: number,
  ui = START,
  banner = false,
  entityCount = 5,
  sectionCount = 1,
) => layoutOf({ width, height, ui, banner, entityCount, sectionCount, focusOf });

const idsOf = ({ rows }: ReturnType<typeof layout>) => rows.flat().map(({ panel }) => panel.id);

describe("the layout", () => {
  it("fills the screen exactly, at every size, in every view", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 120 }),
        fc.constantFrom(...states),
        fc.boolean(),
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 9 }),
        (width, height, ui, banner, entities, sections) => {
          const made = layout(width, height, ui, banner, entities, sections);
          if (made.sizeClass === "words") return;
          for (const row of made.rows) {
            expect(row.reduce((sum, box) => sum + box.width, 0)).toBe(width);
            expect(new Set(row.map((box) => box.height)).size).toBe(1);
            for (const box of row) {
              expect(box.height).toBeGreaterThan(0);
              expect(box.width).toBeGreaterThan(0);
            }
          }
          expect(made.rows.reduce((sum, row) => sum + row[0]!.height, 0)).toBe(made.bodyHeight);
          expect(1 + made.bodyHeight + (made.footer ? 1 : 0) + (made.banner ? 1 : 0)).toBe(height);
          expect(new Set(idsOf(made)).size).toBe(idsOf(made).length);
        },
      ),
    );
  });

  it.each([
    [160, 28, "wide"],
    [200, 60, "wide"],
    [159, 50, "tall"],
    [120, 49, "full"],
    [80, 24, "medium"],
    [99, 60, "medium"],
    [40, 10, "compact"],
    [39, 10, "words"],
    [1, 1, "words"],
  ])("at %dx%d is %s", (width, height, sizeClass) => expect(layout(width, height).sizeClass).toBe(sizeClass));

  it("shows at 80x24 the table, a chart, alerts and faults", () => {
    expect(idsOf(layout(80, 24))).toEqual(["entities", "headline-chart", "ticker"]);
  });

  it.each([
    [120, 40, ["lines", "measures", "label-sets"]],
    [80, 24, ["lines", "measures", "label-sets"]],
    [80, 19, ["lines", "measures"]],
    [60, 16, ["lines", "measures"]],
    [40, 10, ["lines", "measures"]],
  ])("shows the trends panels that fit at %dx%d", (width, height, panels) => {
    const trends = layout(width, height, opened("trends"));
    expect(idsOf(trends)).toEqual(panels);
    expect(trends.focusable.map(({ panel, selects }) => [panel.id, selects])).toEqual([["lines", true]]);
  });

  it.each([
    [80, 24],
    [120, 40],
  ])("gives the space of label sets to measures at %dx%d if there are none", (width, height) => {
    const ui = opened("trends");
    const input = { width, height, ui, banner: false, entityCount: 5, sectionCount: 1, focusOf };
    const areaOf = (made: ReturnType<typeof layout>) => {
      const box = made.rows.flat().find(({ panel }) => panel.id === "measures")!;
      return box.width * box.height;
    };
    const without = layoutOf({ ...input, isEmpty: (kind) => kind === "label-sets" });
    expect(idsOf(without)).toEqual(["lines", "measures"]);
    expect(areaOf(without)).toBeGreaterThan(1.5 * areaOf(layoutOf(input)));
  });

  it.each([
    [120, 40, 13, 4],
    [200, 60, 13, 4],
    [120, 40, 17, 4],
  ])("has a row for every entity at %dx%d with %d in %d sections", (width, height, entities, sections) => {
    const { rows } = layout(width, height, START, false, entities, sections);
    expect(rows[0]![0]!.height).toBe(entities + sections + 2);
  });

  it("leaves the chart of the overview high enough, however many entities there are", () => {
    for (let height = 28; height < 50; height++) {
      const chart = layout(120, height, START, false, 500).rows[1]![0]!;
      expect(chart.panel.id).toBe("headline-chart");
      expect(chart.height).toBeGreaterThanOrEqual(7);
    }
  });

  it("shows every entity of the default fleet at 80x24", () => {
    expect(layout(80, 24).rows[0]![0]!.height).toBeGreaterThanOrEqual(5 + 1 + 2);
  });

  it("has a heading for each section if there is space", () => {
    const heightWith = (sections: number) => layout(120, 40, START, false, 8, sections).rows[0]![0]!.height;
    expect(heightWith(1)).toBe(8 + 1 + 2);
    expect(heightWith(3)).toBe(8 + 3 + 2);
  });

  it.each([
    [160, 40],
    [120, 50],
    [240, 70],
  ])("adds the heatmap and the status timeline to the overview at %dx%d", (width, height) => {
    const ids = idsOf(layout(width, height));
    const before = idsOf(layout(120, 40));
    expect(ids).toEqual(expect.arrayContaining([...before, "heatmap", "status-timeline"]));
  });
});
