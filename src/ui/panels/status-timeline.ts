import { formatDuration } from "../../core/text.ts";
import type { ServiceSnapshot } from "../../monitor/types.ts";
import { timeLabels } from "../charts/time-axis.ts";
import { type TimeGrid, timeGrid } from "../charts/time-grid.ts";
import { ZOOMS } from "../state.ts";
import { NAME_WIDTH } from "../tables/columns.ts";
import { lineOf } from "../text/cells.ts";
import { fitText, type Line, span, widthOf } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

const MARKER = 2;
const LEAST_COLUMNS = 10;

/** How every service fared over time: a row each, one sign a step, in which the worst wins. */
export const statusTimeline: PanelKind = {
  kind: "status-timeline",
  title: ({ ui }) => `health, worst of each step, last ${formatDuration(ZOOMS[ui.zoomIndex]!)}`,
  paint(view, size) {
    const { services, selected, snapshot, ui } = view;
    if (services.length === 0)
      return emptyRows(`no service matches "${ui.filter}": Esc shows all again`, size);
    const nameWidth = widthOfNames(view, size.width);
    const columns = size.width - MARKER - nameWidth - 1;
    const height = size.height - 1;
    if (columns < LEAST_COLUMNS || height < 1) return emptyRows("too small for a timeline", size);
    const grid = timeGrid(snapshot.at, ZOOMS[ui.zoomIndex]!, columns);
    const cursor = services.findIndex(({ name }) => name === selected?.name);
    const top = scrollTop(cursor, services.length, height);
    const rows = services.slice(top, top + height).map((service): Row => {
      const isSelected = service.name === selected?.name;
      const marker = isSelected ? span(`${view.glyphs.selection} `, "accent") : span(" ".repeat(MARKER));
      const name = fitText(service.name, nameWidth, view.glyphs.ellipsis);
      return {
        line: [marker, span(`${name} `, isSelected ? "title" : "text"), ...healthLine(view, service, grid)],
        selected: isSelected,
      };
    });
    const indent = span(" ".repeat(MARKER + nameWidth + 1));
    return [...rows, { line: [indent, span(timeLabels(grid.time), "dim")] }];
  },
};

/** Of all services, not only those in sight: columns stay where they are while one scrolls and filters. */
function widthOfNames({ snapshot }: View, width: number): number {
  let longest = 1;
  for (const { name } of snapshot.services) longest = Math.max(longest, widthOf(name));
  return Math.min(longest, NAME_WIDTH.max, Math.max(1, Math.floor(width / 3)));
}

function healthLine({ snapshot, glyphs }: View, { name }: ServiceSnapshot, grid: TimeGrid): Line {
  const { stepMs, newestFrom } = grid;
  const past = grid.time.columns - 1;
  const from = newestFrom - past * stepMs;
  const healths = [
    ...snapshot.healths(name, from, newestFrom, past),
    // The newest step only as far as it has come: a screen that has gone back must not tell what is to come.
    ...snapshot.healths(name, newestFrom, snapshot.at, 1),
  ];
  return lineOf(
    healths.map((health, column) => {
      // That nothing is known from before the beginning is no news; silence later is.
      const before = health === "unknown" && from + (column + 1) * stepMs <= snapshot.startedAt;
      return { text: glyphs.health[health], role: before ? ("dim" as const) : health };
    }),
  );
}
