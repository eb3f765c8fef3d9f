import { formatDuration } from "../../core/text.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import { shadesFor } from "../../terminal/shade-glyphs.ts";
import { GUTTER } from "../charts/axis-cells.ts";
import { bandChart, bandRow, ROW_BESIDE, titleWidth } from "../charts/band-chart.ts";
import { type BandColumns, counterColumns, gaugeColumns } from "../charts/band-columns.ts";
import { chartFoot } from "../charts/bar-chart.ts";
import { type ChartedMeasure, chartedMeasures } from "../charts/charted-measures.ts";
import { gapColumns, withoutGaps } from "../charts/gaps.ts";
import { type TimeGrid, timeGrid } from "../charts/time-grid.ts";
import { ZOOMS } from "../state.ts";
import { fitLine, type Line, span } from "../text/line.ts";
import { emptyRows } from "../text/rows.ts";
import type { Size, View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** The minimum height of a chart with its numbers, and the rows of marks and times below. */
const MIN_CHART = 5;
const FOOT = 2;
const MIN_COLUMNS = { chart: 16, row: 4 } as const;

/** The gauges and counters of the selected entity over time. */
export const measures: PanelKind = {
  kind: "measures",
  description: "gauges and counters of the selected entity over time, with a band from minimum to maximum",
  title({ selected, ui }) {
    const name = selected ? `${selected.name} ` : "";
    const band = shadesFor(ui.unicode)[1];
    return `${name}measures, mean, ${band} min to max, last ${formatDuration(ZOOMS[ui.zoomIndex]!)}`;
  },
  paint(view, size) {
    const entity = view.selected;
    if (!entity) return emptyRows("nothing is selected", size);
    const known = chartedMeasures(view, entity);
    // Gauges take precedence over counters, which the detail view shows too.
    const all = known.length > size.height ? known.filter(({ type }) => type === "gauge") : known;
    if (all.length === 0) return emptyRows(`no gauges or counters reported by ${entity.name}`, size);
    const charts = chartCount(all.length, size);
    const space = size.height - charts * MIN_CHART - (charts > 0 ? FOOT : 0);
    const rest = all.slice(charts);
    // Show the number of omitted measures.
    const listed = rest.length > space ? rest.slice(0, Math.max(0, space - 1)) : rest;
    const rows = listed.map((charted) => rowOf(view, entity, charted, titleWidth(listed), size));
    if (listed.length < rest.length) rows.push([span(`and ${rest.length - listed.length} more`, "dim")]);
    const lines = [...chartsOf(view, entity, all.slice(0, charts), size, rows.length), ...rows];
    return lines
      .slice(0, size.height)
      .map((line) => ({ line: fitLine(line, size.width, view.glyphs.ellipsis) }));
  },
};

/** The number of charts that fit above the rows of the others. */
function chartCount(count: number, { width, height }: Size): number {
  if (width - GUTTER < MIN_COLUMNS.chart) return 0;
  for (let charts = count; charts > 0; charts--) {
    if (charts * MIN_CHART + FOOT + (count - charts) <= height) return charts;
  }
  return 0;
}

/** Charts of equal height above each other, with marks and times below. */
function chartsOf(
  view: View,
  entity: EntitySnapshot,
  all: readonly ChartedMeasure[],
  size: Size,
  rowsBelow: number,
): Line[] {
  if (all.length === 0) return [];
  const grid = gridOf(view, size.width - GUTTER);
  const height = Math.floor((size.height - FOOT - rowsBelow) / all.length);
  const charts = all.flatMap((charted) =>
    bandChart(view, entity, charted, columnsOf(view, entity, charted, grid), height),
  );
  return [...charts, ...chartFoot(view, entity.name, grid, size)];
}

function rowOf(
  view: View,
  entity: EntitySnapshot,
  charted: ChartedMeasure,
  title: number,
  { width }: Size,
): Line {
  const grid = gridOf(view, Math.max(MIN_COLUMNS.row, width - title - ROW_BESIDE));
  return bandRow(view, entity, charted, columnsOf(view, entity, charted, grid), title);
}

function gridOf({ snapshot, ui }: View, columns: number): TimeGrid {
  return timeGrid(snapshot.at, ZOOMS[ui.zoomIndex]!, columns);
}

function columnsOf(
  view: View,
  entity: EntitySnapshot,
  { type, measure }: ChartedMeasure,
  grid: TimeGrid,
): BandColumns {
  const { snapshot, history } = view;
  const read = type === "gauge" ? gaugeColumns : counterColumns;
  const columns = read(history, entity.name, measure, grid, snapshot.at);
  const gaps = gapColumns(view, entity.name, grid);
  const { line, min, max } = columns;
  return {
    ...columns,
    line: withoutGaps(line, gaps),
    min: withoutGaps(min, gaps),
    max: withoutGaps(max, gaps),
  };
}
