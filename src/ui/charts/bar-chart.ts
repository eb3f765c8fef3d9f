import type { ServiceSnapshot } from "../../monitor/types.ts";
import { ZOOMS } from "../state.ts";
import { type Line, span } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows } from "../text/rows.ts";
import type { Size, View } from "../view.ts";
import { axisIndent, GUTTER } from "./axis.ts";
import { type BarLook, barLines } from "./bars.ts";
import { niceScale } from "./chart.ts";
import { faultMarks } from "./fault-marks.ts";
import { timeLabels } from "./time-axis.ts";
import { type TimeGrid, timeGrid } from "./time-grid.ts";

/** The least that a chart over time needs. */
const LEAST = { columns: 10, rows: 2 } as const;
/** From this height on there is room for a row of marks. */
const MARKS_FROM = 6;

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
export function chartFoot(view: View, service: string, { time }: TimeGrid, { height }: Size): Line[] {
  const labels = [...axisIndent(), span(timeLabels(time), "dim")];
  const marks = [...axisIndent(), ...faultMarks(view, service, time)];
  return height >= MARKS_FROM ? [marks, labels] : [labels];
}

/** What is drawn as bars over time. */
export interface Bars extends Pick<BarLook, "label" | "role"> {
  /** One value a column; NaN where nothing is known. */
  values(service: ServiceSnapshot, grid: TimeGrid): ArrayLike<number>;
  /** The axis reaches at least this high, so that a calm service does not look like a storm. */
  readonly least: number;
  /** The sentence in place of a chart without values. */
  readonly empty: string;
}

/** Vertical bars of the selected service over the zoom. */
export function paintBars(
  view: View,
  size: Size,
  barsOf: (service: ServiceSnapshot) => Bars,
  noService: string,
): readonly Row[] {
  const service = view.selected;
  if (!service) return emptyRows(noService, size);
  const grid = chartGrid(view, size);
  if (!grid) return emptyRows("too small for a chart", size);
  const bars = barsOf(service);
  const values = Array.from(bars.values(service, grid));
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return emptyRows(bars.empty, size);
  const rows = chartRows(size);
  const scale = niceScale(Math.max(bars.least, ...known), rows);
  const chart = barLines(values, rows, { scale, label: bars.label, role: bars.role, glyphs: view.glyphs });
  return [...chart, ...chartFoot(view, service.name, grid, size)].map((line) => ({ line }));
}
