import type { BoxGlyphs } from "../../terminal/glyphs.ts";
import type { Cell } from "../text/cells.ts";
import type { Role } from "../text/line.ts";
import { plotLine } from "./chart.ts";

/** One of several lines in a chart. */
export interface ChartLine {
  /** One value per column, in rows above the bottom, not rounded; NaN leaves a gap. */
  readonly heights: ArrayLike<number>;
  /** A letter repeated along the line, which identifies it without colours. */
  readonly mark: string;
  /** The colour of the line at a height. */
  readonly role: (height: number) => Role;
  /** Lines cover those of lower layers. */
  readonly layer: number;
}

/** Columns between the marks of different lines, and from the right end to the first mark. */
const MARKS_APART = 4;
/** Allowed offsets of a mark whose line is not flat at its position, nearest first. */
const MARK_PLACES = [0, -1, 1] as const;
/** Minimum distance between marks of one line. */
const MIN_REPEAT = 24;

/**
 * Several lines on `rows + 1` rows of cells, from top to bottom. Marks of different lines alternate, in
 * fixed columns, so that a flat line does not change.
 */
export function drawLines(
  lines: readonly ChartLine[],
  columns: number,
  rows: number,
  box: BoxGlyphs,
): Cell[][] {
  const blank: Cell = { text: " ", role: "text" };
  const canvas = Array.from({ length: rows + 1 }, () => Array<Cell>(columns).fill(blank));
  for (const line of lines.toSorted((a, b) => a.layer - b.layer)) {
    for (const [row, text] of plotLine(line.heights, { min: 0, max: rows }, rows, box).entries()) {
      for (let column = 0; column < columns; column++) {
        if (text[column] === " ") continue;
        const height = line.heights[column]!;
        // Colour by value where the line is flat, by height where it climbs.
        const isFlat = rows - Math.round(height) === row;
        canvas[row]![column] = { text: text[column]!, role: line.role(isFlat ? height : rows - row) };
      }
    }
  }
  const repeat = Math.max(MIN_REPEAT, lines.length * MARKS_APART);
  for (const [nth, { heights, mark, role }] of lines.entries()) {
    for (let column = columns - 2 - nth * MARKS_APART; column >= 0; column -= repeat) {
      const place = MARK_PLACES.map((aside) => column + aside).find((near) => {
        const height = heights[near];
        // A mark does not interrupt a climbing line.
        return height !== undefined && canvas[rows - Math.round(height)]?.[near]?.text === box.horizontal;
      });
      if (place === undefined) continue;
      const height = heights[place]!;
      canvas[rows - Math.round(height)]![place] = { text: mark, role: role(height) };
    }
  }
  return canvas;
}
