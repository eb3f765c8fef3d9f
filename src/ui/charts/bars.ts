import type { Glyphs } from "../../terminal/glyphs.ts";
import { lineOf } from "../text/cells.ts";
import type { Line, Role } from "../text/line.ts";
import { axisCells } from "./axis-cells.ts";
import type { Scale } from "./chart.ts";

/** How bars are drawn: their axis, and what colour a bar of a value deserves. */
export interface BarLook {
  readonly scale: Scale;
  /** "" leaves a row without a label. */
  readonly label: (value: number) => string;
  readonly role: (value: number) => Role;
  readonly glyphs: Glyphs;
}

/**
 * Vertical bars in eighths of a cell, one column each, on `rows` rows with their axis; a bar that fills the
 * cell beside a label has that value. What is above zero is always seen, zero and less is a dot on the ground,
 * and NaN (not known) leaves the column empty.
 */
export function barLines(
  values: ArrayLike<number>,
  rows: number,
  { scale, label, role, glyphs }: BarLook,
): Line[] {
  const full = glyphs.sparkline.length - 1;
  const columns = Array.from(values, (value) => ({
    height: value > 0 ? Math.max(1, Math.round((value / scale.max) * rows * full)) : 0,
    role: value > 0 ? role(value) : ("dim" as const),
    ground: value <= 0 ? glyphs.middot : " ",
  }));
  // Many labels are no help: on a high chart every other row, counted from the ground, goes without.
  const every = rows > 8 ? 2 : 1;
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
