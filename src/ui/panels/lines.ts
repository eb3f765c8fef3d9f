import type { EntityKind } from "../../core/entity.ts";
import { HEALTHS, healthRank } from "../../core/health.ts";
import type { Measure } from "../../core/measure.ts";
import { formatCount, formatDuration } from "../../core/text.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import { axisCells, axisIndent, GUTTER } from "../charts/axis-cells.ts";
import { chartedEntities, chartedKind } from "../charts/charted-entities.ts";
import { spreadLabels } from "../charts/end-labels.ts";
import { measureColumns } from "../charts/measure-columns.ts";
import { extremeWord } from "../charts/measure-reads.ts";
import { type ChartLine, drawLines } from "../charts/multi-line.ts";
import { markRow, type TimeSpan, timeLabels } from "../charts/time-axis.ts";
import { timeGrid } from "../charts/time-grid.ts";
import { axisFor } from "../charts/value-axis.ts";
import { ZOOMS } from "../state.ts";
import { paintEntityRows } from "../tables/entity-rows.ts";
import { lineOf } from "../text/cells.ts";
import { fitText, type Line, type Role, span, widthOf } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows, noMatch } from "../text/rows.ts";
import { cellValue, headlineOf, roleOfValue, titleWithUnit } from "../text/values.ts";
import type { Size, View } from "../view.ts";
import type { PanelKind } from "./types.ts";

const MARKS = ["a", "b", "c", "d", "e", "f"] as const;
const ROLES = ["line1", "line2", "line3", "line4", "line5", "line6"] as const satisfies readonly Role[];

const VALUE = 7;
/** Columns right of the chart besides the name: selection, letter, health, value. */
const BESIDE_NAME = 2 + 2 + 2 + VALUE;
const NAME = { least: 8, most: 24, share: 0.24 } as const;
/** The minimum size of a chart. */
const LEAST = { width: 56, height: 7 } as const;
/** Rows below the chart: fault marks and times. */
const FOOT = 2;

/**
 * The headline of several entities over time in one chart: the selected one and those with the worst health.
 */
export const lines: PanelKind = {
  kind: "lines",
  description: "the most important measure of several entities of one kind over time, on one axis",
  title(view) {
    const kind = chartedKind(view);
    const zoom = formatDuration(ZOOMS[view.ui.zoomIndex]!);
    if (!kind) return `last ${zoom}`;
    const isOne = ({ kind: name }: EntitySnapshot) => name === kind.kind;
    const all = view.snapshot.entities.filter(isOne).length;
    const count = Math.min(MARKS.length, view.entities.filter(isOne).length);
    const which = count < all ? `of ${count} of ${formatCount(all)}` : `of ${count}`;
    const measure = headlineOf(kind);
    return `${titleWithUnit(measure)} ${which} ${kind.title}, ${extremeWord(measure)}, last ${zoom}`;
  },
  items: ({ entities }) => entities.map(({ name }) => name),
  selects: true,
  paint(view, size) {
    const kind = chartedKind(view);
    if (view.entities.length === 0 || !kind) return emptyRows(noMatch(view.ui.filter), size);
    const isChart = size.width >= LEAST.width && size.height >= LEAST.height;
    const most = isChart ? Math.min(MARKS.length, size.height - FOOT) : Math.max(1, size.height - 1);
    const entities = chartedEntities(view, kind, most);
    return isChart ? paintChart(view, kind, entities, size) : paintEntityRows(view, kind, entities, size);
  },
};

function paintChart(
  view: View,
  kind: EntityKind,
  entities: readonly EntitySnapshot[],
  size: Size,
): readonly Row[] {
  const { snapshot, ui, glyphs } = view;
  const measure = headlineOf(kind);
  const longest = Math.max(NAME.least, ...entities.map(({ name }) => widthOf(name)));
  const nameWidth = Math.min(longest, NAME.most, Math.floor(size.width * NAME.share));
  const columns = size.width - GUTTER - BESIDE_NAME - nameWidth;
  const rows = size.height - FOOT - 1;
  const grid = timeGrid(snapshot.at, ZOOMS[ui.zoomIndex]!, columns);
  const values = entities.map((entity) => measureColumns(view, entity, measure, grid).values);
  const known = values.flatMap((line) => Array.from(line).filter((value) => !Number.isNaN(value)));
  if (known.length === 0) return emptyRows(`${measure.title} has no data for this time`, size);
  const limits = entities.flatMap((entity) => limitOf(entity, measure));
  const axis = axisFor(measure, known, limits, rows);
  const drawn = entities.map((entity, nth): ChartLine => {
    const isSelected = entity === view.selected;
    const calm = isSelected ? "mark" : ROLES[nth]!;
    return {
      // Healthy lines at the bottom, the selected one on top.
      layer: isSelected ? HEALTHS.length : healthRank(entity.health),
      heights: values[nth]!.map(axis.position),
      mark: MARKS[nth]!,
      role(height) {
        const limit = roleOfValue(axis.valueAt(height), entity.limits[measure.id], measure);
        return limit === "text" ? calm : limit;
      },
    };
  });
  const canvas = drawLines(drawn, columns, rows, glyphs.box);
  const ends = drawn.map(({ heights }) => rows - heights[columns - 1]!);
  const labels = spreadLabels(ends, rows + 1);
  const chart = canvas.map((cells, row): Line => {
    const nth = labels.indexOf(row);
    const label = nth < 0 ? [] : endLabel(view, entities[nth]!, measure, nth, nameWidth);
    return [...axisCells(axis.labelAt(rows - row), glyphs), ...lineOf(cells), ...label];
  });
  const marks = [...axisIndent(), ...marksOf(view, entities, grid.time)];
  return [...chart, marks, [...axisIndent(), span(timeLabels(grid.time), "dim")]].map((line) => ({ line }));
}

function limitOf({ limits }: EntitySnapshot, { id, worse }: Measure): readonly number[] {
  const limit = limits[id]?.critical ?? limits[id]?.degraded;
  return limit === undefined || worse !== "up" ? [] : [limit];
}

function endLabel(
  view: View,
  entity: EntitySnapshot,
  measure: Measure,
  nth: number,
  nameWidth: number,
): Line {
  const { glyphs } = view;
  const isSelected = entity === view.selected;
  const { text, role } = cellValue(view, entity, measure);
  const name = fitText(entity.name, nameWidth, glyphs.ellipsis);
  const isCalm = entity.health === "healthy";
  return [
    span(isSelected ? ` ${glyphs.selection}` : "  ", "accent"),
    span(`${MARKS[nth]} `, isSelected ? "mark" : ROLES[nth]),
    span(`${glyphs.health[entity.health]} `, entity.health),
    span(name, isSelected ? "title" : isCalm ? "dim" : "text"),
    span(
      fitText(text, VALUE, glyphs.ellipsis, "right"),
      isCalm && !isSelected && role === "text" ? "dim" : role,
    ),
  ];
}

/**
 * When faults were active on the charted entities or spread to them, with the letter of the entity they were
 * injected into.
 */
function marksOf({ snapshot, glyphs }: View, entities: readonly EntitySnapshot[], time: TimeSpan): Line {
  const letters = new Map(entities.map(({ name }, nth) => [name, MARKS[nth]!]));
  const relevant = snapshot.faults.filter(
    (card) => letters.has(card.entity) || card.spreadTo.some((name) => letters.has(name)),
  );
  return markRow(
    relevant.map((card) => ({
      from: card.injectedAt,
      to: card.endedAt ?? snapshot.at,
      letter: letters.get(card.entity),
    })),
    time,
    glyphs,
  );
}
