import type { Limits, Measure } from "../../core/measure.ts";
import type { EntitySnapshot, HistoryQuery } from "../../monitor/types.ts";
import { ZOOMS } from "../state.ts";
import { type Line, span } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows } from "../text/rows.ts";
import { chartRole } from "../text/values.ts";
import type { Size, View } from "../view.ts";
import { axisText, scaleOf } from "./axis.ts";
import { axisIndent, GUTTER } from "./axis-cells.ts";
import { barLines } from "./bars.ts";
import { minMaxPerColumn } from "./downsample.ts";
import { faultMarks } from "./fault-marks.ts";
import { addsUp } from "./measure-reads.ts";
import { timeLabels } from "./time-axis.ts";
import { type TimeGrid, timeGrid } from "./time-grid.ts";

/** The least that a chart over time needs. */
const LEAST = { columns: 10, rows: 2 } as const;
/** From this height on there is room for a row of marks. */
const MARKS_FROM = 6;
/** The open second is partly empty; over two of them that does not read as a drop. */
const LEAST_RATE_MS = 2000;
/** The past is kept by the second at best, and so many samples are enough for any zoom. */
const FINEST_MS = 1000;
const MOST_SAMPLES = 1440;

/** The last `zoom` on as many columns as there is room for; undefined where that is too little to be read. */
export function chartGrid({ snapshot, ui }: View, { width, height }: Size): TimeGrid | undefined {
  const columns = width - GUTTER;
  if (columns < LEAST.columns || height < LEAST.rows + 1) return undefined;
  return timeGrid(snapshot.at, ZOOMS[ui.zoomIndex]!, columns);
}

/** How many rows are left above the times and, where there is room, the marks of faults. */
export function chartRows({ height }: Size): number {
  return height - (height >= MARKS_FROM ? 2 : 1);
}

/** What stands under every chart over time: marks of faults where there is room, and the times. */
export function chartFoot(view: View, entity: string, { time }: TimeGrid, { height }: Size): Line[] {
  const labels = [...axisIndent(), span(timeLabels(time), "dim")];
  const marks = [...axisIndent(), ...faultMarks(view, entity, time)];
  return height >= MARKS_FROM ? [marks, labels] : [labels];
}

/** A measure of an entity over the zoom as vertical bars. */
export function paintBars(view: View, entity: EntitySnapshot, measure: Measure, size: Size): readonly Row[] {
  const grid = chartGrid(view, size);
  if (!grid) return emptyRows("too small for a chart", size);
  const values = Array.from(barValues(view, entity, measure, grid));
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return emptyRows(`${measure.title} is not known for this time`, size);
  const rows = chartRows(size);
  const limits = entity.limits[measure.id];
  const chart = barLines(values, rows, {
    scale: scaleOf(measure, Math.max(limitToShow(measure, limits), ...known), rows),
    label: (value) => axisText(value, measure.unit, measure.top),
    role: (value) => chartRole(value, limits, measure),
    glyphs: view.glyphs,
  });
  return [...chart, ...chartFoot(view, entity.name, grid, size)].map((line) => ({ line }));
}

/** The axis reaches to the critical limit: bars have somewhere to rise to, and the axis rarely changes. */
function limitToShow({ worse }: Measure, limits: Limits | undefined): number {
  return worse === "up" ? (limits?.critical ?? limits?.degraded ?? 0) : 0;
}

function barValues(
  { history, snapshot }: View,
  entity: EntitySnapshot,
  measure: Measure,
  grid: TimeGrid,
): ArrayLike<number> {
  const read = (query: HistoryQuery) => history.series(entity.name, measure.id, query);
  return addsUp(measure)
    ? meanValues(read, entity, measure, grid, snapshot.at)
    : worstValues(read, entity, measure, grid, snapshot.at);
}

type ReadValues = (query: HistoryQuery) => Float64Array;

/**
 * The mean of each column. For a rate that is the exact choice: times its length it gives back what was
 * counted, so bars of any zoom add up to the same sum. The maximum would only say how unevenly things fell into
 * the finest slots, and more so the farther one zooms out. A count is that of the entity's window, as in the table.
 */
function meanValues(
  read: ReadValues,
  entity: EntitySnapshot,
  { unit }: Measure,
  { time: { columns }, stepMs, newestFrom }: TimeGrid,
  at: number,
): ArrayLike<number> {
  const isCount = unit === "count";
  const windowMs = Math.max(isCount ? entity.windowMs : LEAST_RATE_MS, stepMs);
  const past = read({
    from: newestFrom - (columns - 2) * stepMs,
    to: newestFrom,
    points: columns - 1,
    windowMs,
  });
  // The newest column has only begun: it has the last whole step up to now.
  const values = [...past, ...read({ from: at, to: at, points: 1, windowMs })];
  return isCount ? values.map((value) => (value * entity.windowMs) / windowMs) : values;
}

/**
 * The worst value in each column. A sample is the rolling value that health is judged by, so that a bar beyond
 * a limit is one that was judged so; samples lie at most a window apart, so nothing falls between two of them,
 * and of the samples in a column the worst is drawn, however many others were fine.
 */
function worstValues(
  read: ReadValues,
  entity: EntitySnapshot,
  { worse }: Measure,
  { time: { columns }, stepMs, newestFrom }: TimeGrid,
  at: number,
): ArrayLike<number> {
  const finest = Math.max(FINEST_MS, (stepMs * columns) / MOST_SAMPLES);
  const each = Math.max(1, Math.ceil(stepMs / finest - 1e-9));
  const apart = stepMs / each;
  const windowMs = Math.max(entity.windowMs, apart);
  const firstFrom = newestFrom - (columns - 1) * stepMs;
  const past = read({ from: firstFrom + apart, to: newestFrom, points: (columns - 1) * each, windowMs });
  // The newest column has only begun: it has the last whole step up to now.
  const newest = read({ from: at - stepMs + apart, to: at, points: each, windowMs });
  const { min, max } = minMaxPerColumn([...past, ...newest], columns);
  return worse === "down" ? min : max;
}
