import { formatTime } from "../../core/text.ts";
import { statisticsOf } from "../alerts/statistics.ts";
import { axisText, scaleOf } from "../charts/axis.ts";
import { axisIndent, GUTTER } from "../charts/axis-cells.ts";
import { barLines } from "../charts/bars.ts";
import { type Line, span } from "../text/line.ts";
import { emptyRows } from "../text/rows.ts";
import type { PanelKind } from "./types.ts";

const HOURS = 24;

/** The mean time to recovery of each of the last 24 hours as bars. */
export const mttrTrend: PanelKind = {
  kind: "mttr-trend",
  description: "the mean time to recovery of each of the last 24 hours",
  title: () => "MTTR by hour, last 24 h",
  paint(view, size) {
    const { hours } = statisticsOf(view);
    const known = hours.filter(({ mttrMs }) => !Number.isNaN(mttrMs));
    if (known.length === 0)
      return emptyRows(
        "no incident was resolved in 24 hours: shows the mean time to recovery of each hour",
        size,
      );
    const width = Math.floor((size.width - GUTTER) / HOURS);
    const rows = size.height - 2;
    if (width < 1 || rows < 2) return emptyRows("too small for a chart", size);
    const scale = scaleOf({ unit: "duration" }, Math.max(...known.map(({ mttrMs }) => mttrMs)), rows);
    // A blank column between bars, if there is room for one.
    const values = hours.flatMap(({ mttrMs }) =>
      Array.from({ length: width }, (_, column) => (width > 1 && column === width - 1 ? Number.NaN : mttrMs)),
    );
    const chart = barLines(values, rows, {
      scale,
      label: (value) => axisText(value, "duration"),
      role: () => "mark",
      glyphs: view.glyphs,
    });
    const lines: Line[] = [...chart, [...axisIndent(), span(hourLabels(hours, width), "dim")]];
    return lines.slice(0, size.height).map((line) => ({ line }));
  },
};

/** The start of every sixth hour. */
function hourLabels(hours: readonly { readonly from: number }[], width: number): string {
  let text = "";
  for (const [nth, { from }] of hours.entries()) {
    if (nth % 6 !== 0 || text.length > nth * width) continue;
    text = text.padEnd(nth * width) + formatTime(from).slice(0, 5);
  }
  return text.slice(0, hours.length * width);
}
