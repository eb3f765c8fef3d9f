import { formatCount, formatDuration } from "../../core/text.ts";
import type { ServiceSnapshot } from "../../monitor/types.ts";
import { labelText } from "../tables/label-text.ts";
import { urgencyOf } from "../tables/label-urgency.ts";
import { fitLine, fitText, type Line, span } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows } from "../text/rows.ts";
import { errorValue, latencyValue, rateValue, type Value } from "../text/values.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** A column of numbers; the one with the lowest priority stays longest when room is scarce. */
interface NumberColumn {
  readonly heading: string;
  readonly width: number;
  readonly priority: number;
  readonly value: (view: View, set: ServiceSnapshot) => Value;
}

const GAP = 2;
/** Labels take so much before a number goes; what they need beyond it, they get if it is there. */
const LABELS_FIRST = 24;

/** From left to right. */
const COLUMNS: readonly NumberColumn[] = [
  { heading: "req/s", width: 6, priority: 2, value: rateValue },
  { heading: "err%", width: 5, priority: 1, value: errorValue },
  { heading: "p50", width: 6, priority: 3, value: (view, set) => latencyValue(view, set, "p50") },
  { heading: "p99 ms", width: 7, priority: 0, value: (view, set) => latencyValue(view, set, "p99") },
];

/** The requests of the selected service told apart by their labels, those that ask for attention first. */
export const labelSets: PanelKind = {
  kind: "label-sets",
  title: ({ selected }) =>
    selected
      ? `${selected.name} by label, last ${formatDuration(selected.stats.windowMs)}`
      : "requests by label",
  paint(view, size) {
    const { selected, snapshot, glyphs } = view;
    if (!selected) return emptyRows("no service is selected: its requests, by label, would be here", size);
    const sets = snapshot.history.labelSets(selected.name);
    if (sets.length === 0)
      return emptyRows(
        "no labels: requests of this service are not told apart by endpoint, region or instance",
        size,
      );
    const labels = labelText(
      sets.map((set) => set.labels),
      glyphs.ellipsis,
    );
    const columns = columnsFor(size.width, Math.min(labels.widths.short, LABELS_FIRST));
    const numbersWidth = columns.reduce((sum, { width }) => sum + GAP + width, 0);
    const text = labels.fit(Math.min(labels.widths.full, size.width - numbersWidth));
    const rows = sets
      .map(({ series }, index) => {
        const stats = snapshot.history.stats(series, selected.stats.windowMs, snapshot.at);
        // A set is judged by the limits of its service, and dim when the service's numbers are old.
        const set = { ...selected, stats };
        return { set, label: text.lines[index]!, urgency: urgencyOf(set) };
      })
      .toSorted((a, b) => b.urgency - a.urgency)
      .map(({ set, label }): Row => ({ line: [span(label), ...numbers(view, set, columns)] }));
    const headings = columns.map(({ heading, width }) => " ".repeat(GAP) + heading.padStart(width));
    const heading: Row = { line: [span(text.heading + headings.join(""), "dim")] };
    return [heading, ...cutRows(rows, size.height - 1)]
      .slice(0, size.height)
      .map(({ line }) => ({ line: fitLine(line, size.width, glyphs.ellipsis) }));
  },
};

function columnsFor(width: number, labelWidth: number): readonly NumberColumn[] {
  const chosen = new Set<NumberColumn>();
  let left = width - labelWidth;
  for (const column of COLUMNS.toSorted((a, b) => a.priority - b.priority)) {
    if (left < GAP + column.width) break;
    chosen.add(column);
    left -= GAP + column.width;
  }
  return COLUMNS.filter((column) => chosen.has(column));
}

function numbers(view: View, set: ServiceSnapshot, columns: readonly NumberColumn[]): Line {
  return columns.map(({ width, value }) => {
    const { text, role } = value(view, set);
    return span(" ".repeat(GAP) + fitText(text, width, view.glyphs.ellipsis, "right"), role);
  });
}

/** The rows that fit, and how many do not. */
function cutRows(rows: readonly Row[], height: number): readonly Row[] {
  if (rows.length <= height || height < 2) return rows;
  const shown = rows.slice(0, height - 1);
  return [...shown, { line: [span(`and ${formatCount(rows.length - shown.length)} more`, "dim")] }];
}
