import type { EntityKind } from "../../core/entity.ts";
import { formatCount } from "../../core/text.ts";
import { readsOnly } from "../charts/measure-reads.ts";
import { fitColumns, GAP } from "../tables/fit-columns.ts";
import { labelText } from "../tables/label-text.ts";
import { urgencyOf } from "../tables/label-urgency.ts";
import { type MeasureColumn, measureCell, measureColumnsOf } from "../tables/measure-cells.ts";
import { fitLine, span } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows } from "../text/rows.ts";
import { type Judged, kindOf } from "../text/values.ts";
import { lastText } from "../text/window-text.ts";
import type { PanelKind } from "./types.ts";

/** The label width that takes precedence over number columns; labels get more only if there is space. */
const LABELS_FIRST = 24;

/** The measures of the selected entity by label set, most urgent first. */
export const labelSets: PanelKind = {
  kind: "label-sets",
  description: "the columns of the selected entity for each of its label sets, most urgent first",
  title: ({ selected }) => (selected ? `${selected.name} by label, ${lastText(selected)}` : "by label"),
  isEmpty: (history, selected) => selected !== undefined && history.labelSets(selected.name).length === 0,
  paint(view, size) {
    const { selected, snapshot, history, glyphs } = view;
    if (!selected) return emptyRows("nothing is selected", size);
    const sets = history.labelSets(selected.name);
    if (sets.length === 0) return emptyRows(`no labels: ${selected.name} reports none`, size);
    const kind = kindOf(view, selected);
    const labels = labelText(
      sets.map((set) => set.labels),
      glyphs.ellipsis,
    );
    const judged = sets.map((set) => {
      const values = history.values(selected.name, selected.windowMs, snapshot.at, set.labels);
      // A set uses the limits of its entity, and is dim if the entity's values are old.
      // The verdict is on the entity as a whole: the numbers of a label set have the colours of their limits.
      const { levels: _, ...rest } = selected;
      return { ...rest, values };
    });
    const space = size.width - Math.min(labels.widths.short, LABELS_FIRST);
    const { cells } = fitColumns(columnsOf(kind, judged), space);
    const numbersWidth = cells.reduce((sum, { width }) => sum + GAP + width, 0);
    const text = labels.fit(Math.min(labels.widths.full, size.width - numbersWidth));
    const gap = span(" ".repeat(GAP));
    const rows = judged
      .map((set, index) => ({ set, label: text.lines[index]!, urgency: urgencyOf(kind, set) }))
      .toSorted((a, b) => b.urgency - a.urgency)
      .map(({ set, label }): Row => {
        const numbers = cells.flatMap((column) => [gap, measureCell(view, set, column)]);
        return { line: [span(label), ...numbers] };
      });
    const headings = cells.map(({ heading, width }) => " ".repeat(GAP) + heading.padStart(width));
    const heading: Row = { line: [span(text.heading + headings.join(""), "dim")] };
    return [heading, ...cutRows(rows, size.height - 1)]
      .slice(0, size.height)
      .map(({ line }) => ({ line: fitLine(line, size.width, glyphs.ellipsis) }));
  },
};

/** Gauges are rarely recorded by label: skip the column if no set has a value. */
function columnsOf(kind: EntityKind, sets: readonly Judged[]): readonly MeasureColumn[] {
  return measureColumnsOf(kind).filter(
    ({ measure }) =>
      !readsOnly(kind, measure, "gauge") ||
      sets.some(({ values }) => !Number.isNaN(values[measure.id] ?? Number.NaN)),
  );
}

/** The rows that fit, and the number of omitted ones. */
function cutRows(rows: readonly Row[], height: number): readonly Row[] {
  if (rows.length <= height || height < 2) return rows;
  const shown = rows.slice(0, height - 1);
  return [...shown, { line: [span(`and ${formatCount(rows.length - shown.length)} more`, "dim")] }];
}
