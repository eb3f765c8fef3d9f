import { formatDuration } from "../../core/text.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import { timeLabels } from "../charts/time-axis.ts";
import { type TimeGrid, timeGrid } from "../charts/time-grid.ts";
import { ZOOMS } from "../state.ts";
import { NAME_WIDTH } from "../tables/entity-columns.ts";
import { hiddenNote } from "../tables/hidden-entities.ts";
import { lineOf } from "../text/cells.ts";
import { fitText, type Line, span, widthOf } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows, noMatch, scrollTop } from "../text/rows.ts";
import type { Size, View } from "../view.ts";
import type { PanelKind } from "./types.ts";

const MARKER = 2;
const MIN_COLUMNS = 10;

function columnCount({ width }: Size, nameWidth: number): number {
  return width - MARKER - nameWidth - 1;
}

function fits(view: View, size: Size): boolean {
  return size.height > 1 && columnCount(size, widthOfNames(view, size.width)) >= MIN_COLUMNS;
}

/** The entities that have a row, with the selected one; the last row has the times. */
function visible({ entities, selected }: View, { height }: Size): readonly EntitySnapshot[] {
  const cursor = entities.findIndex(({ name }) => name === selected?.name);
  const top = scrollTop(cursor, entities.length, height - 1);
  return entities.slice(top, top + height - 1);
}

/** The health of every entity over time: a row per entity, the worst health of each step. */
export const statusTimeline: PanelKind = {
  kind: "status-timeline",
  description: "the health of every entity over time",
  title: ({ ui }) => `health, worst of each step, last ${formatDuration(ZOOMS[ui.zoomIndex]!)}`,
  items: ({ entities }) => entities.map(({ name }) => name),
  selects: true,
  footnote(view, size) {
    return fits(view, size) ? hiddenNote(view.entities, new Set(visible(view, size))) : undefined;
  },
  paint(view, size) {
    const { entities, selected, snapshot, ui } = view;
    if (entities.length === 0) return emptyRows(noMatch(ui.filter), size);
    const nameWidth = widthOfNames(view, size.width);
    const columns = columnCount(size, nameWidth);
    if (!fits(view, size)) return emptyRows("too small for a timeline", size);
    const grid = timeGrid(snapshot.at, ZOOMS[ui.zoomIndex]!, columns);
    const rows = visible(view, size).map((entity): Row => {
      const isSelected = entity.name === selected?.name;
      const marker = isSelected ? span(`${view.glyphs.selection} `, "accent") : span(" ".repeat(MARKER));
      const name = fitText(entity.name, nameWidth, view.glyphs.ellipsis);
      return {
        line: [marker, span(`${name} `, isSelected ? "title" : "text"), ...healthLine(view, entity, grid)],
        selected: isSelected,
      };
    });
    const indent = span(" ".repeat(MARKER + nameWidth + 1));
    return [...rows, { line: [indent, span(timeLabels(grid.time), "dim")] }];
  },
};

/** Computed from all entities, so that columns do not move while scrolling and filtering. */
function widthOfNames({ snapshot }: View, width: number): number {
  let longest = 1;
  for (const { name } of snapshot.entities) longest = Math.max(longest, widthOf(name));
  return Math.min(longest, NAME_WIDTH.max, Math.max(1, Math.floor(width / 3)));
}

function healthLine({ snapshot, history, glyphs }: View, { name }: EntitySnapshot, grid: TimeGrid): Line {
  const { stepMs, newestFrom } = grid;
  const past = grid.time.columns - 1;
  const from = newestFrom - past * stepMs;
  const healths = [
    ...history.healths(name, from, newestFrom, past),
    // The newest step only up to now: a paused screen must not show later values.
    ...history.healths(name, newestFrom, snapshot.at, 1),
  ];
  return lineOf(
    healths.map((health, column) => {
      // Unknown health before the start is blank; later it is shown.
      const before = health === "unknown" && from + (column + 1) * stepMs <= snapshot.startedAt;
      return { text: glyphs.health[health], role: before ? ("dim" as const) : health };
    }),
  );
}
