import { fitLine, type Line, span } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import type { View } from "../view.ts";
import { footerLine } from "./footer.ts";
import { panelRows } from "./frame.ts";
import { headerLine, wordsLines } from "./header.ts";

/** A rectangle of finished rows; x and y count cells from the upper left corner, from 0. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly rows: readonly Row[];
}

/** The whole screen as regions that do not overlap. The help is drawn elsewhere; its area is left out. */
export function compose(view: View): readonly Region[] {
  const { size, layout, glyphs, ui } = view;
  const whole = (y: number, lines: readonly Line[]): Region => ({
    x: 0,
    y,
    width: size.width,
    rows: lines.map((line) => ({ line: fitLine(line, size.width, glyphs.ellipsis) })),
  });
  if (layout.sizeClass === "words") return [whole(0, wordsLines(view))];
  const regions: Region[] = [whole(0, [headerLine(view)])];
  if (layout.banner) regions.push(whole(1, [bannerLine(view)]));
  if (ui.mode.type !== "help") regions.push(...panels(view, layout.banner ? 2 : 1));
  if (layout.footer) regions.push(whole(size.height - 1, [footerLine(view)]));
  return regions;
}

function panels(view: View, top: number): Region[] {
  const regions: Region[] = [];
  let y = top;
  for (const boxes of view.layout.rows) {
    let x = 0;
    for (const box of boxes) {
      regions.push({ x, y, width: box.width, rows: panelRows(view, box) });
      x += box.width;
    }
    y += boxes[0]?.height ?? 0;
  }
  return regions;
}

/** The problem of a newer config, while the previous one stays active. */
function bannerLine({ snapshot, glyphs }: View): Line {
  return [
    span(` ${glyphs.critical} config rejected: `, "critical"),
    span(snapshot.config.problem ?? ""),
    // Last, because a narrow screen cuts the end.
    span(", the previous one stays active", "dim"),
  ];
}
