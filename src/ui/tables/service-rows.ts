import { formatDuration } from "../../core/text.ts";
import type { ServiceSnapshot } from "../../monitor/types.ts";
import { p99Columns } from "../charts/p99-columns.ts";
import { sparkBlocks } from "../charts/sparkline.ts";
import { timeGrid } from "../charts/time-grid.ts";
import { ZOOMS } from "../state.ts";
import { fitLine, fitText, span, widthOf } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { latencyValue } from "../text/values.ts";
import type { Size, View } from "../view.ts";

const P99 = 7;
/** Left and right of name and blocks: selection, sign of health, p99 and a blank. */
const BESIDE = 2 + 2 + P99 + 1;
const NAME = { least: 7, most: 24, share: 0.45 } as const;
const LEAST_BLOCKS = 6;

/** Where there is no room for a chart of several lines: a row a service, its p99 as a number and as blocks. */
export function paintServiceRows(
  view: View,
  services: readonly ServiceSnapshot[],
  size: Size,
): readonly Row[] {
  const { glyphs, snapshot, ui } = view;
  const longest = Math.max(NAME.least, ...services.map(({ name }) => widthOf(name)));
  const nameWidth = Math.min(longest, NAME.most, Math.floor(size.width * NAME.share));
  const columns = size.width - BESIDE - nameWidth;
  const zoomMs = ZOOMS[ui.zoomIndex]!;
  const grid = columns >= LEAST_BLOCKS ? timeGrid(snapshot.at, zoomMs, columns) : undefined;
  const heading = [
    span(`    ${fitText("service", nameWidth, "")}${"p99 ms".padStart(P99)}`, "dim"),
    span(grid ? ` last ${formatDuration(zoomMs)}` : "", "dim"),
  ];
  const rows = services.map((service): Row => {
    const isSelected = service.name === view.selected?.name;
    const p99 = latencyValue(view, service, "p99");
    const blocks = grid ? sparkBlocks(view, service, p99Columns(view, service, grid)) : [];
    return {
      selected: isSelected,
      line: [
        span(isSelected ? `${glyphs.selection} ` : "  ", "accent"),
        span(`${glyphs.health[service.health]} `, service.health),
        span(fitText(service.name, nameWidth, glyphs.ellipsis), isSelected ? "title" : "text"),
        span(`${fitText(p99.text, P99, "", "right")} `, p99.role),
        ...blocks,
      ],
    };
  });
  return [{ line: heading }, ...rows]
    .slice(0, size.height)
    .map((row) => ({ ...row, line: fitLine(row.line, size.width, glyphs.ellipsis) }));
}
