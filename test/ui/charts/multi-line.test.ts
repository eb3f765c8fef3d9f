import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { glyphsFor } from "../../../src/terminal/glyphs.ts";
import { spreadLabels } from "../../../src/ui/charts/end-labels.ts";
import { type ChartLine, drawLines } from "../../../src/ui/charts/multi-line.ts";

const { box } = glyphsFor(true);
const line = (heights: number[], mark: string, layer = 0): ChartLine => ({
  heights,
  mark,
  layer,
  role: (height) => (height > 2 ? "critical" : "line1"),
});
const text = (lines: ChartLine[], columns: number, rows: number) =>
  drawLines(lines, columns, rows, box).map((row) => row.map((cell) => cell.text).join(""));

describe("several lines in one chart", () => {
  it("have alternating marks, also if they coincide", () => {
    const flat = Array<number>(12).fill(1);
    expect(text([line(flat, "a"), line(flat, "b"), line(Array<number>(12).fill(0), "c")], 12, 2)).toEqual([
      "            ",
      "──────b───a─",
      "──c─────────",
    ]);
  });

  it("cover each other by layer, not by order", () => {
    const roles = (first: number, second: number) =>
      drawLines(
        [
          { ...line([1, 1, 1], "a", first), role: () => "mark" },
          { ...line([1, 1, 1], "b", second), role: () => "line2" },
        ],
        3,
        2,
        box,
      )[1]![2]!.role;
    expect(roles(1, 0)).toBe("mark");
    expect(roles(0, 1)).toBe("line2");
  });

  it("have the colour of their height, where they are flat and where they climb", () => {
    const cells = drawLines([line([0, 0, 4, 4], "a")], 4, 4, box);
    expect(cells.map((row) => row.find((cell) => cell.text !== " ")!.role)).toEqual([
      "critical",
      "critical",
      "line1",
      "line1",
      "line1",
    ]);
  });

  it("never interrupt a climbing line with a mark, and leave gaps for unknown values", () => {
    // Its position is the third column, where the line climbs; the nearest flat one is the last.
    expect(text([line([0, 2, 0, 2], "a")], 4, 2)).toEqual(
      ["╭╮╭a", "││││", "╯╰╯ "].map((row) => row.replace("││││", "│││ ")),
    );
    expect(text([line([1, Number.NaN, 1], "a")], 3, 2)[1]).toBe("a ─");
  });
});

describe("labels at the ends of lines", () => {
  it("have separate rows near their lines, and keep their order within a row", () => {
    expect(spreadLabels([0, 3, 8], 9)).toEqual([0, 3, 8]);
    expect(spreadLabels([4.4, 4, 3.6], 9)).toEqual([4, 5, 6]);
    expect(spreadLabels([8, 8, 8], 9)).toEqual([6, 7, 8]);
    expect(spreadLabels([Number.NaN, 0], 4)).toEqual([3, 0]);
  });

  it("fit if there are as many rows as labels", () => {
    const wanted = fc.array(fc.double({ min: -5, max: 40 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(wanted, fc.nat(20), (rows, more) => {
        const placed = spreadLabels(rows, rows.length + more);
        expect(new Set(placed).size).toBe(rows.length);
        for (const row of placed) {
          expect(row).toBeGreaterThanOrEqual(0);
          expect(row).toBeLessThan(rows.length + more);
        }
      }),
    );
  });
});
