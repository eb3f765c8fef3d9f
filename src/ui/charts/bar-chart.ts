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

/** The minimum size of a chart over time. */
const LEAST = { columns: 10, rows: 2 } as const;
/** The minimum height with a row of fault marks. */
const MARKS_FROM = 6;
/** The open second is incomplete; a window of two seconds avoids an apparent drop. */
const MIN_RATE_MS = 2000;
/** The finest resolution of the store is one second; this many samples are enough for any zoom. */
const FINEST_MS = 1000;
const MAX_SAMPLES = 1440;

/** The last `zoom` on all available columns; undefined if there are too few. */
export function chartGrid({ snapshot, ui }: View, { width, height }: Size): TimeGrid | undefined {
  const columns = width - GUTTER;
  if (columns < LEAST.columns || height < LEAST.rows + 1) return undefined;
  return timeGrid(snapshot.at, ZOOMS[ui.zoomIndex]!, columns);
}

/** The rows left above the times and, if there is space, the fault marks. */
export function chartRows({ height }: Size): number {
  return height - (height >= MARKS_FROM ? 2 : 1);
}

/** The rows below every chart over time: fault marks if there is space, and the times. */
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
  if (known.length === 0) return emptyRows(`${measure.title} has no data for this time`, size);
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

/** The axis includes the critical limit, so that it rarely changes. */
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
 * The mean of each column. This is exact for a rate: multiplied by the column length it gives the count, so
 * bars of any zoom add up to the same sum. A maximum would depend on the noise of the finest slots and grow
 * when zooming out. A count covers the entity's window, as in the table.
 */
function meanValues(
  read: ReadValues,
  entity: EntitySnapshot,
  { unit }: Measure,
  { time: { columns }, stepMs, newestFrom }: TimeGrid,
  at: number,
): ArrayLike<number> {
  const isCount = unit === "count";
  const windowMs = Math.max(isCount ? entity.windowMs : MIN_RATE_MS, stepMs);
  const past = read({
    from: newestFrom - (columns - 2) * stepMs,
    to: newestFrom,
    points: columns - 1,
    windowMs,
  });
  // The newest column is incomplete: it uses the last whole step up to now.
  const values = [...past, ...read({ from: at, to: at, points: 1, windowMs })];
  return isCount ? values.map((value) => (value * entity.windowMs) / windowMs) : values;
}

/**
 * The worst value in each column. Samples are the rolling values that determine health, so a bar beyond a
 * limit matches the health at that time. Samples are at most a window apart, so no value is missed, and a
 * column shows its worst sample.
 */
function worstValues(
  read: ReadValues,
  entity: EntitySnapshot,
  { worse }: Measure,
  { time: { columns }, stepMs, newestFrom }: TimeGrid,
  at: number,
): ArrayLike<number> {
  const finest = Math.max(FINEST_MS, (stepMs * columns) / MAX_SAMPLES);
  const each = Math.max(1, Math.ceil(stepMs / finest - 1e-9));
  const apart = stepMs / each;
  const windowMs = Math.max(entity.windowMs, apart);
  const firstFrom = newestFrom - (columns - 1) * stepMs;
  const past = read({ from: firstFrom + apart, to: newestFrom, points: (columns - 1) * each, windowMs });
  // The newest column is incomplete: it uses the last whole step up to now.
  const newest = read({ from: at - stepMs + apart, to: at, points: each, windowMs });
  const { min, max } = minMaxPerColumn([...past, ...newest], columns);
  return worse === "down" ? min : max;
}
