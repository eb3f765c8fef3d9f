import { formatDuration } from "../../core/text.ts";
import { shadesFor } from "../../terminal/shade-glyphs.ts";
import { GUTTER } from "../charts/axis.ts";
import { chartFoot } from "../charts/bar-chart.ts";
import { counterColumns } from "../charts/counter-columns.ts";
import { gaugeChart, gaugeRow, ROW_BESIDE, titleWidth } from "../charts/gauge-chart.ts";
import { type GaugeColumns, gaugeColumns } from "../charts/gauge-columns.ts";
import { type Gauge, gaugesOf } from "../charts/gauges.ts";
import { type TimeGrid, timeGrid } from "../charts/time-grid.ts";
import { ZOOMS } from "../state.ts";
import { fitLine, type Line, span } from "../text/line.ts";
import { emptyRows } from "../text/rows.ts";
import type { Size, View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** The least height of a chart with its numbers, and the rows of marks and times below all of them. */
const LEAST_CHART = 5;
const FOOT = 2;
const LEAST_COLUMNS = { chart: 16, row: 4 } as const;

/** What the selected service uses, over time: cpu, memory and whatever else its source tells or counts. */
export const gauges: PanelKind = {
  kind: "gauges",
  title({ selected, ui }) {
    const name = selected ? `${selected.name} ` : "";
    const band = shadesFor(ui.unicode)[1];
    return `${name}gauges, mean, ${band} min to max, last ${formatDuration(ZOOMS[ui.zoomIndex]!)}`;
  },
  paint(view, size) {
    const service = view.selected;
    if (!service) return emptyRows("no service: its cpu, memory and other gauges would be here", size);
    const told = gaugesOf(service);
    // Counters never take the place of a gauge; the service's detail has them too.
    const all = told.length > size.height ? told.filter(({ kind }) => kind === "gauge") : told;
    if (all.length === 0)
      return emptyRows("nobody tells gauges of this service: its cpu and memory would be here", size);
    const charts = chartCount(all.length, size);
    const room = size.height - charts * LEAST_CHART - (charts > 0 ? FOOT : 0);
    const rest = all.slice(charts);
    // What has no room is at least counted.
    const listed = rest.length > room ? rest.slice(0, Math.max(0, room - 1)) : rest;
    const rows = listed.map((gauge) => rowOf(view, gauge, titleWidth(listed), size));
    if (listed.length < rest.length) rows.push([span(`and ${rest.length - listed.length} more`, "dim")]);
    const lines = [...chartsOf(view, all.slice(0, charts), size, rows.length), ...rows];
    return lines
      .slice(0, size.height)
      .map((line) => ({ line: fitLine(line, size.width, view.glyphs.ellipsis) }));
  },
};

/** As many as have room above the rows of the others. */
function chartCount(count: number, { width, height }: Size): number {
  if (width - GUTTER < LEAST_COLUMNS.chart) return 0;
  for (let charts = count; charts > 0; charts--) {
    if (charts * LEAST_CHART + FOOT + (count - charts) <= height) return charts;
  }
  return 0;
}

/** Charts of one height above each other, and what stands below every chart over time. */
function chartsOf(view: View, gauges: readonly Gauge[], size: Size, rowsBelow: number): Line[] {
  if (gauges.length === 0) return [];
  const grid = gridOf(view, size.width - GUTTER);
  const height = Math.floor((size.height - FOOT - rowsBelow) / gauges.length);
  const charts = gauges.flatMap((gauge) => gaugeChart(view, gauge, columnsOf(view, gauge, grid), height));
  return [...charts, ...chartFoot(view, view.selected!.name, grid, size)];
}

function rowOf(view: View, gauge: Gauge, title: number, { width }: Size): Line {
  const grid = gridOf(view, Math.max(LEAST_COLUMNS.row, width - title - ROW_BESIDE));
  return gaugeRow(view, gauge, columnsOf(view, gauge, grid), title);
}

function gridOf({ snapshot, ui }: View, columns: number): TimeGrid {
  return timeGrid(snapshot.at, ZOOMS[ui.zoomIndex]!, columns);
}

function columnsOf({ snapshot, selected }: View, gauge: Gauge, grid: TimeGrid): GaugeColumns {
  const read = gauge.kind === "gauge" ? gaugeColumns : counterColumns;
  return read(snapshot.history, selected!.name, gauge.name, grid, snapshot.at);
}
