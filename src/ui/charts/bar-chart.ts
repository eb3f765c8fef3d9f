import { addsUp, type Limits, type Measure } from "../../core/measure.ts";
import type { EntitySnapshot, HistoryQuery } from "../../monitor/types.ts";
import { ZOOMS } from "../state.ts";
import { type Line, span } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows } from "../text/rows.ts";
import { columnRole } from "../text/values.ts";
import type { Size, View } from "../view.ts";
import { axisText, scaleOf } from "./axis.ts";
import { axisIndent, GUTTER } from "./axis-cells.ts";
import { barLines } from "./bars.ts";
import { faultMarks } from "./fault-marks.ts";
import { gapColumns, withoutGaps } from "./gaps.ts";
import { measureColumns } from "./measure-columns.ts";
import { timeLabels } from "./time-axis.ts";
import { type TimeGrid, timeGrid } from "./time-grid.ts";

/** The minimum size of a chart over time. */
const LEAST = { columns: 10, rows: 2 } as const;
/** The minimum height with a row of fault marks. */
const MARKS_FROM = 6;
/** The open second is incomplete; a window of two seconds avoids an apparent drop. */
const MIN_RATE_MS = 2000;

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
  const { values, weak } = barValues(view, entity, measure, grid);
  const known = Array.from(values).filter((value) => !Number.isNaN(value));
  if (known.length === 0) return emptyRows(`${measure.title} has no data for this time`, size);
  const rows = chartRows(size);
  const limits = entity.limits[measure.id];
  const chart = barLines(values, rows, {
    scale: scaleOf(measure, Math.max(limitToShow(measure, limits), ...known), rows),
    label: (value) => axisText(value, measure.unit, measure.top),
    role: (value, column) => columnRole(value, weak?.[column] === 1, limits, measure),
    glyphs: view.glyphs,
  });
  return [...chart, ...chartFoot(view, entity.name, grid, size)].map((line) => ({ line }));
}

/** The axis includes the critical limit, so that it rarely changes. */
function limitToShow({ worse }: Measure, limits: Limits | undefined): number {
  return worse === "up" ? (limits?.critical ?? limits?.degraded ?? 0) : 0;
}

/** What adds up is drawn as its mean, everything else as what was published. */
function barValues(
  view: View,
  entity: EntitySnapshot,
  measure: Measure,
  grid: TimeGrid,
): { readonly values: Float64Array; readonly weak?: Uint8Array } {
  if (!addsUp(measure)) return measureColumns(view, entity, measure, grid);
  const read = (query: HistoryQuery) => view.history.series(entity.name, measure.id, query);
  const values = meanValues(read, entity, measure, grid, view.snapshot.at);
  return { values: withoutGaps(values, gapColumns(view, entity.name, grid)) };
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
): Float64Array {
  const isCount = unit === "count";
  const windowMs = Math.max(isCount ? entity.windowMs : MIN_RATE_MS, stepMs);
  const past = read({
    from: newestFrom - (columns - 2) * stepMs,
    to: newestFrom,
    points: columns - 1,
    windowMs,
  });
  // The newest column is incomplete: it uses the last whole step up to now.
  const values = Float64Array.of(...past, ...read({ from: at, to: at, points: 1, windowMs }));
  return isCount ? values.map((value) => (value * entity.windowMs) / windowMs) : values;
}
