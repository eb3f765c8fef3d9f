import { shadesFor } from "../../terminal/shade-glyphs.ts";
import { type Cell, lineOf } from "../text/cells.ts";
import { fitText, type Line, type Role, span, widthOf } from "../text/line.ts";
import type { View } from "../view.ts";
import { axisCells, formatRound, GUTTER } from "./axis.ts";
import { niceScale, plotLine, type Scale } from "./chart.ts";
import type { GaugeColumns } from "./gauge-columns.ts";
import type { Gauge } from "./gauges.ts";

const TITLE = { least: 7, most: 16 } as const;
const VALUE = 7;

/** A gauge on `height` rows: its numbers, and below them its mean as a line in the band of its extremes. */
export function gaugeChart(view: View, gauge: Gauge, columns: GaugeColumns, height: number): Line[] {
  const { glyphs, ui } = view;
  const rows = height - 2;
  const { max } = columns.whole;
  // A queue that was always empty needs an axis as well.
  const scale = niceScale((Number.isNaN(max) ? gauge.least : Math.max(gauge.least, max)) || 1, rows);
  const drawn = plotLine(
    columns.line.map((value) => Math.min(scale.max, Math.max(0, value))),
    scale,
    rows,
    glyphs.box,
  );
  const band = shadesFor(ui.unicode)[1]!;
  const heightOf = (value: number) => Math.round((Math.min(scale.max, value) / scale.max) * rows);
  const chart = drawn.map((text, index): Line => {
    const row = rows - index;
    const role = roleAt(gauge, row * scale.step);
    const cells = Array.from(text, (sign, column): Cell => {
      if (sign !== " ") return { text: sign, role };
      const isBetween = row >= heightOf(columns.min[column]!) && row <= heightOf(columns.max[column]!);
      return isBetween ? { text: band, role: role === "mark" ? "dim" : role } : { text: " ", role };
    });
    const label = axisLabel(gauge, scale, row);
    return [...axisCells(label, glyphs), ...lineOf(cells)];
  });
  return [numbers(view, gauge, columns), ...chart];
}

/**
 * A gauge in one row: its newest value, its shape as blocks, and between which values it was.
 * @param nameWidth the same for all rows, so that they line up
 */
export function gaugeRow(view: View, gauge: Gauge, columns: GaugeColumns, nameWidth: number): Line {
  const steps = view.glyphs.sparkline;
  const top = gauge.top ?? Math.max(columns.whole.max, Number.MIN_VALUE);
  const blocks = Array.from(columns.line, (value): Cell => {
    if (Number.isNaN(value)) return { text: steps[0]!, role: "text" };
    const step = Math.max(1, Math.min(steps.length - 1, Math.ceil((value / top) * (steps.length - 1))));
    return { text: steps[step]!, role: roleAt(gauge, value) };
  });
  return [...named(gauge, nameWidth, view.glyphs), span(" "), ...lineOf(blocks), ...extremes(gauge, columns)];
}

/** Columns that a row needs beside its title and its blocks: value, blank, and from where to where it went. */
export const ROW_BESIDE = VALUE + 1 + 13;

/** Columns for the titles of these gauges. */
export function titleWidth(gauges: readonly Gauge[]): number {
  const longest = Math.max(TITLE.least, ...gauges.map(({ title }) => widthOf(title)));
  return Math.min(TITLE.most, longest);
}

/** Steps are round, so the axis may end above all that can be; there is nothing to be read up there. */
function axisLabel({ top }: Gauge, { step }: Scale, row: number): string {
  const value = Number((row * step).toPrecision(3));
  if (top === undefined) return formatRound(value);
  return value > top ? "" : `${formatRound(value)}%`;
}

function roleAt({ role }: Gauge, value: number): Role {
  const limit = role(value);
  return limit === "text" ? "mark" : limit;
}

function named({ title, value, format, role }: Gauge, width: number, { ellipsis }: View["glyphs"]): Line {
  return [span(fitText(title, width, ellipsis)), span(format(value).padStart(VALUE), role(value))];
}

function numbers({ glyphs }: View, gauge: Gauge, { whole }: GaugeColumns): Line {
  const { format } = gauge;
  const head = named(gauge, Math.max(GUTTER, titleWidth([gauge])), glyphs);
  if (Number.isNaN(whole.mean)) return head;
  const told = `   mean ${format(whole.mean)}  min ${format(whole.min)}  max ${format(whole.max)}`;
  return [...head, span(told, "dim")];
}

function extremes({ format }: Gauge, { whole }: GaugeColumns): Line {
  if (Number.isNaN(whole.min)) return [];
  return [span(` ${format(whole.min)} to ${format(whole.max)}`, "dim")];
}
