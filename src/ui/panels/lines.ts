import { HEALTHS, healthRank } from "../../core/health.ts";
import { formatCount, formatDuration } from "../../core/text.ts";
import type { ServiceSnapshot } from "../../monitor/types.ts";
import { axisCells, axisIndent, GUTTER } from "../charts/axis.ts";
import { chartedServices } from "../charts/charted-services.ts";
import { spreadLabels } from "../charts/end-labels.ts";
import { logAxis } from "../charts/log-axis.ts";
import { type ChartLine, drawLines } from "../charts/multi-line.ts";
import { p99Columns } from "../charts/p99-columns.ts";
import { markRow, type TimeSpan, timeLabels } from "../charts/time-axis.ts";
import { timeGrid } from "../charts/time-grid.ts";
import { ZOOMS } from "../state.ts";
import { paintServiceRows } from "../tables/service-rows.ts";
import { lineOf } from "../text/cells.ts";
import { fitText, type Line, type Role, span, widthOf } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows } from "../text/rows.ts";
import { latencyRole, latencyValue } from "../text/values.ts";
import type { Size, View } from "../view.ts";
import type { PanelKind } from "./types.ts";

const MARKS = ["a", "b", "c", "d", "e", "f"] as const;
const ROLES = ["line1", "line2", "line3", "line4", "line5", "line6"] as const satisfies readonly Role[];

const P99 = 7;
/** Right of the chart beside the name: the sign of selection, mark, sign of health, p99. */
const BESIDE_NAME = 2 + 2 + 2 + P99;
const NAME = { least: 8, most: 24, share: 0.24 } as const;
/** The least that can be read as a chart. */
const LEAST = { width: 56, height: 7 } as const;
/** Marks of faults and times, below the chart. */
const FOOT = 2;

/** The p99 of several services over time in one chart: the selected one and those that fare worst now. */
export const lines: PanelKind = {
  kind: "lines",
  title(view) {
    const all = view.snapshot.services.length;
    const count = Math.min(MARKS.length, view.services.length);
    const which = count < all ? `of ${count} of ${formatCount(all)} services` : `of ${count} services`;
    return `p99 (ms) ${which}, worst of each step, last ${formatDuration(ZOOMS[view.ui.zoomIndex]!)}`;
  },
  paint(view, size) {
    if (view.services.length === 0)
      return emptyRows("no service matches the filter: lines of their p99 would be here", size);
    const isChart = size.width >= LEAST.width && size.height >= LEAST.height;
    const most = isChart ? Math.min(MARKS.length, size.height - FOOT) : Math.max(1, size.height - 1);
    const services = chartedServices(view, most);
    return isChart ? paintChart(view, services, size) : paintServiceRows(view, services, size);
  },
};

function paintChart(view: View, services: readonly ServiceSnapshot[], size: Size): readonly Row[] {
  const { snapshot, ui, glyphs } = view;
  const longest = Math.max(NAME.least, ...services.map(({ name }) => widthOf(name)));
  const nameWidth = Math.min(longest, NAME.most, Math.floor(size.width * NAME.share));
  const columns = size.width - GUTTER - BESIDE_NAME - nameWidth;
  const rows = size.height - FOOT - 1;
  const grid = timeGrid(snapshot.at, ZOOMS[ui.zoomIndex]!, columns);
  const values = services.map((service) => p99Columns(view, service, grid));
  const known = values.flatMap((line) => Array.from(line).filter((value) => !Number.isNaN(value)));
  if (known.length === 0)
    return emptyRows("no requests in this time: their 99th percentiles would be here", size);
  // It reaches to the limits: a fault has somewhere to rise to, and the axis rarely changes.
  const limits = services.map(({ thresholds }) => thresholds.p99_critical);
  const axis = logAxis(Math.min(...known), Math.max(...limits, ...known), rows);
  const drawn = services.map((service, nth): ChartLine => {
    const isSelected = service === view.selected;
    const calm = isSelected ? "mark" : ROLES[nth]!;
    return {
      // The quiet ones lie below, the selected one above all.
      layer: isSelected ? HEALTHS.length : healthRank(service.health),
      heights: values[nth]!.map(axis.position),
      mark: MARKS[nth]!,
      role(height) {
        const limit = latencyRole(axis.valueAt(height), service.thresholds);
        return limit === "text" ? calm : limit;
      },
    };
  });
  const canvas = drawLines(drawn, columns, rows, glyphs.box);
  const ends = drawn.map(({ heights }) => rows - heights[columns - 1]!);
  const labels = spreadLabels(ends, rows + 1);
  const chart = canvas.map((cells, row): Line => {
    const nth = labels.indexOf(row);
    const label = nth < 0 ? [] : endLabel(view, services[nth]!, nth, nameWidth);
    return [...axisCells(axis.labelAt(rows - row), glyphs), ...lineOf(cells), ...label];
  });
  const marks = [...axisIndent(), ...marksOf(view, services, grid.time)];
  return [...chart, marks, [...axisIndent(), span(timeLabels(grid.time), "dim")]].map((line) => ({ line }));
}

function endLabel(view: View, service: ServiceSnapshot, nth: number, nameWidth: number): Line {
  const { glyphs } = view;
  const isSelected = service === view.selected;
  const p99 = latencyValue(view, service, "p99");
  const name = fitText(service.name, nameWidth, glyphs.ellipsis);
  const isCalm = service.health === "healthy";
  return [
    span(isSelected ? ` ${glyphs.selection}` : "  ", "accent"),
    span(`${MARKS[nth]} `, isSelected ? "mark" : ROLES[nth]),
    span(`${glyphs.health[service.health]} `, service.health),
    span(name, isSelected ? "title" : isCalm ? "dim" : "text"),
    span(
      fitText(p99.text, P99, "", "right"),
      isCalm && !isSelected && p99.role === "text" ? "dim" : p99.role,
    ),
  ];
}

/** Where faults worked on what is drawn, or spread to it; each bears the letter of the service it was meant for. */
function marksOf({ snapshot, glyphs }: View, services: readonly ServiceSnapshot[], time: TimeSpan): Line {
  const letters = new Map(services.map(({ name }, nth) => [name, MARKS[nth]!]));
  const felt = snapshot.faults.filter(
    (card) => letters.has(card.service) || card.spreadTo.some((name) => letters.has(name)),
  );
  return markRow(
    felt.map((card) => ({
      from: card.injectedAt,
      to: card.endedAt ?? snapshot.at,
      letter: letters.get(card.service),
    })),
    time,
    glyphs,
  );
}
