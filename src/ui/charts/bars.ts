import type { Glyphs } from "../../terminal/glyphs.ts";
import { lineOf } from "../text/cells.ts";
import type { Line, Role } from "../text/line.ts";
import { axisCells } from "./axis-cells.ts";
import { labelEvery, type Scale } from "./chart.ts";

/** The style of bars: their axis, and the colour of a value. */
export interface BarStyle {
  readonly scale: Scale;
  /** "" for a row without a label. */
  readonly label: (value: number) => string;
  readonly role: (value: number, column: number) => Role;
  readonly glyphs: Glyphs;
}

/**
 * Vertical bars in eighths of a cell, one column each, on `rows` rows with their axis; a bar that fills the
 * cell beside a label has that value. Values above zero are always visible, zero and less is a dot on the
 * base line, and NaN (unknown) leaves the column empty.
 */
export function barLines(
  values: ArrayLike<number>,
  rows: number,
  { scale, label, role, glyphs }: BarStyle,
): Line[] {
  const full = glyphs.sparkline.length - 1;
  const columns = Array.from(values, (value, column) => ({
    height: value > 0 ? Math.max(1, Math.round((value / scale.max) * rows * full)) : 0,
    role: value > 0 ? role(value, column) : ("dim" as const),
    ground: value <= 0 ? glyphs.middot : " ",
  }));
  const every = labelEvery(rows);
  return Array.from({ length: rows }, (_, row) => {
    const above = rows - row;
    const below = (above - 1) * full;
    const cells = columns.map(({ height, role, ground }) => {
      const filled = Math.min(full, Math.max(0, height - below));
      return { text: filled === 0 && above === 1 ? ground : glyphs.sparkline[filled]!, role };
    });
    const text = above % every === 0 ? label(scale.step * above) : "";
    return [...axisCells(text, glyphs), ...lineOf(cells)];
  });
}
