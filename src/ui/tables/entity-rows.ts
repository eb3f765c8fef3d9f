import type { EntityKind } from "../../core/entity.ts";
import { formatDuration, unitSign } from "../../core/text.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import { measureColumns } from "../charts/measure-columns.ts";
import { sparkBlocks } from "../charts/sparkline.ts";
import { timeGrid } from "../charts/time-grid.ts";
import { ZOOMS } from "../state.ts";
import { fitLine, fitText, span, widthOf } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { cellValue, headlineOf } from "../text/values.ts";
import type { Size, View } from "../view.ts";

const MIN_VALUE = 7;
/** Columns beside name and blocks: selection, health, and a blank. */
const BESIDE = 2 + 2 + 1;
const NAME = { least: 7, most: 24, share: 0.45 } as const;
const MIN_BLOCKS = 6;

/**
 * For boxes too small for a chart of several lines: a row per entity, with the headline as a number and as
 * blocks.
 */
export function paintEntityRows(
  view: View,
  kind: EntityKind,
  entities: readonly EntitySnapshot[],
  size: Size,
): readonly Row[] {
  const { glyphs, snapshot, ui } = view;
  const measure = headlineOf(kind);
  const title = `${measure.title} ${unitSign(measure.unit)}`.trim();
  const valueWidth = Math.max(MIN_VALUE, widthOf(title) + 1);
  const longest = Math.max(NAME.least, ...entities.map(({ name }) => widthOf(name)));
  const nameWidth = Math.min(longest, NAME.most, Math.floor(size.width * NAME.share));
  const columns = size.width - BESIDE - valueWidth - nameWidth;
  const zoomMs = ZOOMS[ui.zoomIndex]!;
  const grid = columns >= MIN_BLOCKS ? timeGrid(snapshot.at, zoomMs, columns) : undefined;
  const heading = [
    span(`    ${fitText(kind.kind, nameWidth, "")}${title.padStart(valueWidth)}`, "dim"),
    span(grid ? ` last ${formatDuration(zoomMs)}` : "", "dim"),
  ];
  const rows = entities.map((entity): Row => {
    const isSelected = entity.name === view.selected?.name;
    const value = cellValue(view, entity, measure);
    const blocks = grid
      ? sparkBlocks(view, measureColumns(view, entity, measure, grid), measure, entity.limits[measure.id])
      : [];
    return {
      selected: isSelected,
      line: [
        span(isSelected ? `${glyphs.selection} ` : "  ", "accent"),
        span(`${glyphs.health[entity.health]} `, entity.health),
        span(fitText(entity.name, nameWidth, glyphs.ellipsis), isSelected ? "title" : "text"),
        span(`${fitText(value.text, valueWidth, "", "right")} `, value.role),
        ...blocks,
      ],
    };
  });
  return [{ line: heading }, ...rows]
    .slice(0, size.height)
    .map((row) => ({ ...row, line: fitLine(row.line, size.width, glyphs.ellipsis) }));
}
