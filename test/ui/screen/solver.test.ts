import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { solve } from "../../../src/ui/screen/solver.ts";
import { bare, type Height, panel, part, type RowSpec, row } from "../../../src/ui/views/types.ts";

const natural = fc.integer({ min: 0, max: 40 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

const height: fc.Arbitrary<Height> = fc.oneof(
  fc.constant<Height>("rest"),
  fc.record({ rows: natural, leaves: fc.oneof(natural, fc.constant("entities" as const)) }),
  fc.record({ rows: natural, atLeast: natural }),
  fc.record({ share, of: fc.constantFrom("body" as const, "left" as const), atLeast: natural }),
  fc.record({
    entities: fc.constantFrom("sections" as const, "one-heading" as const),
    share,
    atLeast: natural,
  }),
);

const box = fc.oneof(
  fc.constant(panel("a")),
  share.map((each) => part(each, panel("b"))),
  fc.tuple(share, natural).map(([each, most]) => part(each, panel("c"), most)),
);

/** Any layout that a config could describe. */
const anyLayout: fc.Arbitrary<RowSpec[]> = fc.array(
  fc.oneof(
    fc
      .tuple(height, fc.array(box, { minLength: 1, maxLength: 4 }))
      .map(([rows, boxes]) => row(rows, ...boxes)),
    height.map((rows) => bare(rows, panel("d"))),
  ),
  { minLength: 1, maxLength: 6 },
);

const heightsOf = (rows: ReturnType<typeof solve>) => rows.map(([first]) => first!.height);
const space = { width: 100, height: 30, entityCount: 5, sectionCount: 1 };
const heights = (...rows: RowSpec[]) => heightsOf(solve(rows, space));
const any = panel("any");

describe("the division of a space", () => {
  it("fills it exactly, for any layout", () => {
    fc.assert(
      fc.property(
        anyLayout,
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 100 }),
        natural,
        (rows, width, high, entityCount) => {
          const solved = solve(rows, { width, height: high, entityCount, sectionCount: 1 });
          expect(heightsOf(solved).reduce((sum, each) => sum + each, 0)).toBe(high);
          for (const boxes of solved) {
            expect(boxes.reduce((sum, each) => sum + each.width, 0)).toBe(width);
            for (const each of boxes) expect(Math.min(each.width, each.height)).toBeGreaterThan(0);
          }
        },
      ),
    );
  });

  it("gives fixed rows, shares and entities their height, and the rest to the rest", () => {
    expect(heights(row({ rows: 4 }, any), row("rest", any))).toEqual([4, 26]);
    expect(heights(row("rest", any), row({ share: 0.2, of: "body" }, any))).toEqual([24, 6]);
    expect(heights(row({ rows: 10 }, any), row({ share: 0.5, of: "left" }, any), row("rest", any))).toEqual([
      10, 10, 10,
    ]);
    const table: Height = { entities: "sections", share: 0.4, atLeast: 6 };
    expect(heights(row(table, any), row("rest", any))).toEqual([8, 22]);
  });

  it("limits a table to its share, but not below its minimum height", () => {
    const many = { ...space, entityCount: 500 };
    const table = (least: number) => row({ entities: "one-heading", share: 0.2, atLeast: least }, any);
    expect(heightsOf(solve([table(2), row("rest", any)], many))).toEqual([6, 24]);
    expect(heightsOf(solve([table(9), row("rest", any)], many))).toEqual([9, 21]);
  });

  it("shrinks a row to leave space for others, down to its minimum height", () => {
    const ticker = (leaves: number | "entities", atLeast: number) =>
      heights(row("rest", any), bare({ rows: 4, atLeast, leaves }, any));
    expect(ticker(20, 2)).toEqual([26, 4]);
    expect(ticker(27, 2)).toEqual([27, 3]);
    expect(ticker(29, 2)).toEqual([28, 2]);
    expect(ticker(30, 0)).toEqual([30]);
    expect(ticker("entities", 0)).toEqual([26, 4]);
  });

  it("omits rows on bodies that are too low for them", () => {
    const extra = { ...row({ rows: 5 }, any), minBody: 31 };
    expect(heights(row("rest", any), extra)).toEqual([30]);
  });

  it("shares columns, up to a limit, and gives the last box the rest", () => {
    const widths = (width: number) =>
      solve([row("rest", part(0.7, panel("a"), 80), panel("b"))], { ...space, width })[0]!.map(
        (each) => each.width,
      );
    expect(widths(100)).toEqual([70, 30]);
    expect(widths(200)).toEqual([80, 120]);
  });
});
