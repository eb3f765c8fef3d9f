import type { Limits, Measure } from "../../core/measure.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import type { Line, Role, Span } from "../text/line.ts";
import { columnRole, headlineOf, kindOf } from "../text/values.ts";
import type { View } from "../view.ts";
import { type MeasureColumns, measureColumns } from "./measure-columns.ts";
import { timeGrid } from "./time-grid.ts";

const SPAN_MS = 60_000;

/**
 * The headline of the last minute in `width` columns. Columns are on a fixed time grid, so that they move by
 * whole columns.
 */
export function sparkline(view: View, entity: EntitySnapshot, width: number): Line {
  const measure = headlineOf(kindOf(view, entity));
  const columns = measureColumns(view, entity, measure, timeGrid(view.snapshot.at, SPAN_MS, width));
  return sparkBlocks(view, columns, measure, entity.limits[measure.id]);
}

/**
 * Values as blocks, one per column, in the colours of the limits they cross. A full block is the critical
 * limit or more, so that a healthy entity shows a low line; without limits it is the maximum. NaN is blank.
 */
export function sparkBlocks(
  { glyphs }: Pick<View, "glyphs">,
  { values, weak }: MeasureColumns,
  measure: Measure,
  limits: Limits | undefined,
  calm: Role = "mark",
): Line {
  const known = values.filter((value) => !Number.isNaN(value));
  const highest = Math.max(0, ...known);
  const top = Math.max(ceilingOf(measure, limits, highest), highest);
  const steps = glyphs.sparkline;
  const spans: Span[] = [];
  for (const [column, value] of values.entries()) {
    // The blank, the first step, is reserved for unknown values.
    const level = top > 0 ? Math.ceil((value / top) * (steps.length - 1)) : 0;
    const text = Number.isNaN(value) ? steps[0]! : steps[Math.max(1, Math.min(steps.length - 1, level))]!;
    append(spans, text, columnRole(value, weak[column] === 1, limits, measure, calm));
  }
  return spans;
}

/**
 * Values far below their critical limit fill at most this share of the height: low, but their changes show.
 */
const CALM_SHARE = 3 / 8;
const ROUND = [1, 1.5, 2, 3, 4, 5, 6, 8, 10] as const;

/** The minimum value of a full block: the critical limit, or less if all values are far below it. */
function ceilingOf({ worse, axisAtLeast = 0 }: Measure, limits: Limits | undefined, highest: number): number {
  const { degraded, critical } = limits ?? {};
  const limit = worse === "up" ? (critical ?? degraded) : undefined;
  if (limit === undefined) return axisAtLeast;
  return Math.min(limit, Math.max((degraded ?? limit) / 4, roundAbove(highest) / CALM_SHARE));
}

/** A round number that is not below `value`: the scale does not change with every value. */
function roundAbove(value: number): number {
  if (value <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (ROUND.find((factor) => factor * power >= value * (1 - 1e-9)) ?? 10);
}

/** Adjacent values of the same role share a span, which saves escape codes. */
function append(spans: Span[], text: string, role: Role): void {
  const last = spans.at(-1);
  if (last?.role === role) spans[spans.length - 1] = { text: last.text + text, role };
  else spans.push({ text, role });
}
