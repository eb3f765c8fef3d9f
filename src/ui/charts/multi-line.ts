import type { BoxGlyphs } from "../../terminal/glyphs.ts";
import type { Cell } from "../text/cells.ts";
import type { Role } from "../text/line.ts";
import { plotLine } from "./chart.ts";

/** One of several lines in a chart. */
export interface ChartLine {
  /** One a column, in rows above the ground, not rounded; NaN leaves a gap. */
  readonly heights: ArrayLike<number>;
  /** One sign that stands in the line again and again: that identifies it where there are no colours. */
  readonly mark: string;
  /** What colour the line deserves at a height. */
  readonly role: (height: number) => Role;
  /** A line lies over those of lower layers. */
  readonly layer: number;
}

/** From each line's mark to the next line's, and from the right end to the first. */
const MARKS_APART = 4;
/** How far from its place a mark may stand, where the line does not lie still there: the nearest first. */
const MARK_PLACES = [0, -1, 1] as const;
/** The same line's marks are at least so far apart. */
const LEAST_REPEAT = 24;

/**
 * Several lines on `rows + 1` rows of cells, from top to bottom. Their marks stand in turn, also where lines run
 * together, always in the same columns: what is flat stands still.
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
        // Where the line lies, its value decides; where it climbs, the height does.
        const lies = rows - Math.round(height) === row;
        canvas[row]![column] = { text: text[column]!, role: line.role(lies ? height : rows - row) };
      }
    }
  }
  const repeat = Math.max(LEAST_REPEAT, lines.length * MARKS_APART);
  for (const [nth, { heights, mark, role }] of lines.entries()) {
    for (let column = columns - 2 - nth * MARKS_APART; column >= 0; column -= repeat) {
      const place = MARK_PLACES.map((aside) => column + aside).find((near) => {
        const height = heights[near];
        // A mark never breaks a line that climbs there.
        return height !== undefined && canvas[rows - Math.round(height)]?.[near]?.text === box.horizontal;
      });
      if (place === undefined) continue;
      const height = heights[place]!;
      canvas[rows - Math.round(height)]![place] = { text: mark, role: role(height) };
    }
  }
  return canvas;
}
