import type { Span as PaintedSpan, Screen } from "../../terminal/screen.ts";
import type { Line } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import type { Palette } from "../text/theme.ts";
import type { Region } from "./compose.ts";

/** Paints finished regions into the cells that the frame has reserved for them. */
export function paintRegions(screen: Screen, regions: readonly Region[], palette: Palette): void {
  for (const { x, y, width, rows } of regions) {
    for (const [index, row] of rows.entries()) screen.paint(x, y + index, width, painted(row, palette), true);
  }
}

function painted({ line, selected = false }: Row, palette: Palette): PaintedSpan[] {
  return line.map(({ text, role }) => ({ text, sgr: palette(role, selected) }));
}

/** A line as text with escape codes, for what Ink lays out itself. */
export function ansiText(line: Line, palette: Palette, selected = false): string {
  return line
    .map(({ text, role }) => {
      const sgr = palette(role, selected);
      return sgr === "" ? text : `\x1b[${sgr}m${text}\x1b[0m`;
    })
    .join("");
}
