import type { EntitySnapshot } from "../../monitor/types.ts";
import { shadesFor } from "../../terminal/shade-glyphs.ts";
import { type Cell, lineOf } from "../text/cells.ts";
import { fitText, type Line, type Role, span, widthOf } from "../text/line.ts";
import { chartRole, roleOfValue } from "../text/values.ts";
import type { View } from "../view.ts";
import { axisText, scaleOf } from "./axis.ts";
import { axisCells, GUTTER } from "./axis-cells.ts";
import type { BandColumns } from "./band-columns.ts";
import { labelEvery, plotLine } from "./chart.ts";
import type { ChartedMeasure } from "./charted-measures.ts";

const TITLE = { least: 7, most: 16 } as const;
const VALUE = 8;

/**
 * A measure on `height` rows: its numbers, and below them its mean as a line in the band from minimum to
 * maximum.
 */
export function bandChart(
  view: View,
  entity: EntitySnapshot,
  charted: ChartedMeasure,
  columns: BandColumns,
  height: number,
): Line[] {
  const { glyphs, ui } = view;
  const { measure } = charted;
  const rows = height - 2;
  const { min: lowest, max: highest } = columns.whole;
  const known = (value: number) => (Number.isNaN(value) ? 0 : value);
  const scale = scaleOf(measure, known(highest), rows, known(lowest));
  const drawn = plotLine(
    columns.line.map((value) => Math.min(scale.max, Math.max(scale.min, value))),
    scale,
    rows,
    glyphs.box,
  );
  const band = shadesFor(ui.unicode)[1]!;
  const heightOf = (value: number) => Math.round((Math.min(scale.max, value) - scale.min) / scale.step);
  const limits = entity.limits[measure.id];
  const chart = drawn.map((text, index): Line => {
    const row = rows - index;
    const value = scale.min + row * scale.step;
    const role = chartRole(value, limits, measure);
    const cells = Array.from(text, (sign, column): Cell => {
      if (sign !== " ") return { text: sign, role };
      const isBetween = row >= heightOf(columns.min[column]!) && row <= heightOf(columns.max[column]!);
      return isBetween ? { text: band, role: role === "mark" ? "dim" : role } : { text: " ", role };
    });
    const label = row % labelEvery(rows) === 0 ? axisText(value, measure.unit, measure.top) : "";
    return [...axisCells(label, glyphs), ...lineOf(cells)];
  });
  return [numbers(view, entity, charted, columns), ...chart];
}

/**
 * A measure in one row: its newest value, its shape as blocks, and its minimum and maximum.
 * @param nameWidth the same for all rows, so that they line up
 */
export function bandRow(
  view: View,
  entity: EntitySnapshot,
  charted: ChartedMeasure,
  columns: BandColumns,
  nameWidth: number,
): Line {
  const { measure } = charted;
  const steps = view.glyphs.sparkline;
  const top = measure.top ?? Math.max(columns.whole.max, Number.MIN_VALUE);
  const blocks = Array.from(columns.line, (value): Cell => {
    if (Number.isNaN(value)) return { text: steps[0]!, role: "text" };
    const step = Math.max(1, Math.min(steps.length - 1, Math.ceil((value / top) * (steps.length - 1))));
    return { text: steps[step]!, role: chartRole(value, entity.limits[measure.id], measure) };
  });
  return [
    ...named(entity, charted, nameWidth, view.glyphs),
    span(" "),
    ...lineOf(blocks),
    ...extremes(charted, columns),
  ];
}

/** Columns of a row besides its title and blocks: value, blank, minimum and maximum. */
export const ROW_BESIDE = VALUE + 1 + 13;

/** The title width of these measures, in columns. */
export function titleWidth(all: readonly ChartedMeasure[]): number {
  const longest = Math.max(TITLE.least, ...all.map(({ title }) => widthOf(title)));
  return Math.min(TITLE.most, longest);
}

function named(
  entity: EntitySnapshot,
  { title, value, format, measure }: ChartedMeasure,
  width: number,
  { ellipsis }: View["glyphs"],
): Line {
  const role: Role = roleOfValue(value, entity.limits[measure.id], measure, entity.values);
  return [
    span(fitText(title, width, ellipsis)),
    span(fitText(format(value), VALUE, ellipsis, "right"), role),
  ];
}

function numbers(
  { glyphs }: View,
  entity: EntitySnapshot,
  charted: ChartedMeasure,
  { whole }: BandColumns,
): Line {
  const { format } = charted;
  const head = named(entity, charted, Math.max(GUTTER, titleWidth([charted])), glyphs);
  if (Number.isNaN(whole.mean)) return head;
  const words = `   mean ${format(whole.mean)}  min ${format(whole.min)}  max ${format(whole.max)}`;
  return [...head, span(words, "dim")];
}

function extremes({ format }: ChartedMeasure, { whole }: BandColumns): Line {
  if (Number.isNaN(whole.min)) return [];
  return [span(` ${format(whole.min)} to ${format(whole.max)}`, "dim")];
}
