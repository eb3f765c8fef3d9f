import type { Limits, Measure } from "../../core/measure.ts";
import { formatDuration } from "../../core/text.ts";
import { shadesFor } from "../../terminal/shade-glyphs.ts";
import { axisText } from "../charts/axis.ts";
import { axisCells } from "../charts/axis-cells.ts";
import { chartFoot, chartGrid, chartRows, paintBars } from "../charts/bar-chart.ts";
import { type Bucket, type Buckets, distributionColumns } from "../charts/distribution-columns.ts";
import { distributionMeasure, distributionTitle } from "../charts/distribution-measure.ts";
import { gapColumns } from "../charts/gaps.ts";
import { columnEnds } from "../charts/time-grid.ts";
import { classBounds, leastOf } from "../charts/value-classes.ts";
import { ZOOMS } from "../state.ts";
import { type Line, span } from "../text/line.ts";
import { emptyRows } from "../text/rows.ts";
import { chartRole, headlineOf, kindOf, titleWithUnit } from "../text/values.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** The shares of a column's values for the second, third and fourth shade; any value gets the first. */
const SHARES = [0.05, 0.15, 0.4] as const;
/** The share of values that may be below the lowest class, because a few outliers would waste rows. */
const LOWEST = 0.01;

/**
 * The distribution of values of the selected entity over time: a column per step, a row per class of values.
 */
export const heatmap: PanelKind = {
  kind: "heatmap",
  description:
    "distribution of the values of a measure over time; option measure: its id, default the headline",
  title(view, { options }) {
    const { selected, ui } = view;
    const zoom = formatDuration(ZOOMS[ui.zoomIndex]!);
    if (!selected) return `heatmap, last ${zoom}`;
    const kind = kindOf(view, selected);
    const measure = distributionMeasure(kind, options);
    if (!measure) return `${selected.name} ${titleWithUnit(headlineOf(kind))}, last ${zoom}`;
    const [, some, more, many, most] = shadesFor(ui.unicode);
    const [second, third, fourth] = SHARES.map((share) => `${share * 100}%`);
    const key = `${some} <${second} ${more} <${third} ${many} <${fourth} ${most} more of each step`;
    return `${selected.name} ${distributionTitle(kind, measure)}, last ${zoom}, ${key}`;
  },
  paint(view, size, { options }) {
    const { selected, history, snapshot } = view;
    if (!selected) return emptyRows("nothing is selected", size);
    const kind = kindOf(view, selected);
    const measure = distributionMeasure(kind, options);
    if (!measure) return paintBars(view, selected, headlineOf(kind), size);
    const grid = chartGrid(view, size);
    if (!grid) return emptyRows("too small for a heatmap", size);
    const whole = history.distribution(
      selected.name,
      measure.id,
      grid.stepMs * grid.time.columns,
      snapshot.at,
    );
    if (whole.length === 0)
      return emptyRows(`no ${distributionTitle(kind, measure)} recorded in this time`, size);
    const limits = selected.limits[measure.id];
    const bounds = boundsOf(whole, measure, limits, chartRows(size));
    const ends = columnEnds(grid, snapshot.at);
    const steps = distributionColumns(view, selected, measure.id, grid.stepMs, ends);
    const gaps = gapColumns(view, selected.name, grid);
    const columns = steps.map((buckets, step) => levels(gaps[step] === 1 ? [] : buckets, bounds));
    const rows = bounds
      .slice(0, -1)
      .map((low, index) => heatRow(view, measure, limits, [low, bounds[index + 1]!], index, columns));
    return [...rows.reverse(), ...chartFoot(view, selected.name, grid, size)].map((line) => ({ line }));
  },
};

/** The classes include the critical limit, so that rows rarely change. */
function boundsOf(
  whole: Buckets,
  { worse, unit }: Measure,
  limits: Limits | undefined,
  most: number,
): readonly number[] {
  let below = LOWEST * whole.reduce((sum, { count }) => sum + count, 0);
  const lowest = whole.find(({ count }) => {
    below -= count;
    return below < 0;
  })!;
  const limit = worse === "up" ? (limits?.critical ?? limits?.degraded ?? 0) : 0;
  const low = Math.max(leastOf(unit), middle(lowest));
  return classBounds(low, Math.max(low, limit, middle(whole.at(-1)!)), most, unit);
}

function heatRow(
  { ui, glyphs }: View,
  measure: Measure,
  limits: Limits | undefined,
  [low, high]: readonly [number, number],
  index: number,
  columns: readonly Uint8Array[],
): Line {
  const shades = shadesFor(ui.unicode);
  // Use the middle of the class: one that starts exactly at a limit is beyond it.
  const role = chartRole(Math.sqrt(low * high), limits, measure);
  const text = columns.map((column) => shades[column[index]!]!).join("");
  return [...axisCells(axisText(low, measure.unit), glyphs), span(text, role)];
}

/** The shade, 0 to 4, of each class in one column. */
function levels(buckets: Buckets, bounds: readonly number[]): Uint8Array {
  const classes = bounds.length - 1;
  const counts = new Float64Array(classes);
  let total = 0;
  let index = 0;
  for (const bucket of buckets) {
    const value = middle(bucket);
    while (index < classes - 1 && value >= bounds[index + 1]!) index += 1;
    counts[index] = counts[index]! + bucket.count;
    total += bucket.count;
  }
  return Uint8Array.from(counts, (count) => {
    if (count === 0) return 0;
    return 1 + SHARES.filter((share) => count >= share * total).length;
  });
}

/** The representative value of a bucket, which can have open ends. */
function middle({ low, high }: Bucket): number {
  if (low === 0) return high;
  return high === Number.POSITIVE_INFINITY ? low : Math.sqrt(low * high);
}
