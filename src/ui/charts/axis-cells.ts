import type { Glyphs } from "../../terminal/glyphs.ts";
import { type Line, span } from "../text/line.ts";

const LABEL_WIDTH = 7;

/**
 * Columns left of the plot: a label, a blank and the axis. The same on all charts, so that their times line
 * up.
 */
export const GUTTER = LABEL_WIDTH + 2;

/** The start of a chart row: its label ("" for none), right-aligned, and the axis. */
export function axisCells(label: string, { box }: Glyphs): Line {
  return [span(`${label.padStart(LABEL_WIDTH)} `, "dim"), span(box.tick, "border")];
}

/** The start of a row below a chart. */
export function axisIndent(): Line {
  return [span(" ".repeat(GUTTER))];
}
