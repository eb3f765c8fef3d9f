import type { EntityKind } from "../../core/entity.ts";
import type { Measure } from "../../core/measure.ts";
import { unitSign } from "../../core/text.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import { metricOf } from "../charts/measure-reads.ts";
import { fitText, type Line, span, widthOf } from "../text/line.ts";
import {
  cellValue,
  kindOf,
  measureOf,
  measureText,
  roleOfValue,
  type Value,
  withSign,
} from "../text/values.ts";
import type { View } from "../view.ts";

/** Widths of label, number and unit of one measure. Labels get more if that does not reduce the columns. */
const LABEL = 13;
const NUMBER = 8;
const UNIT = 4;
const MAX_GAP = 4;
const CELL = LABEL + NUMBER + UNIT;

/**
 * The measures of an entity in columns, in the order of its kind; the last ones are dropped and counted if
 * they do not fit.
 */
export function summaryNumbers(view: View, entity: EntitySnapshot, width: number, rows: number): Line[] {
  const kind = kindOf(view, entity);
  const across = Math.max(1, Math.floor(width / CELL));
  const listed = kind.measures.filter((measure) => isListed(kind, entity, measure));
  const space = Math.max(0, across * rows);
  // The count takes the last place.
  const shown = listed.length > space ? listed.slice(0, Math.max(0, space - 1)) : listed;
  const cutNote = listed.length > shown.length ? `and ${listed.length - shown.length} more` : "";
  const down = Math.ceil((shown.length + (cutNote === "" ? 0 : 1)) / across);
  const texts = new Map(shown.map((measure) => [measure, labelOf(kind, entity, measure)] as const));
  const longest = Math.max(LABEL, ...[...texts.values()].map((text) => widthOf(text) + 1));
  const label = Math.max(LABEL, Math.min(longest, Math.floor(width / across) - NUMBER - UNIT - 1));
  const left = width - across * (label + NUMBER + UNIT);
  const gap = " ".repeat(across > 1 ? Math.max(0, Math.min(MAX_GAP, Math.floor(left / (across - 1)))) : 0);
  const lines = Array.from({ length: down }, (_, row) =>
    Array.from({ length: across }, (_, column) => shown[column * down + row])
      .filter((measure) => measure !== undefined)
      .flatMap((measure, column) => {
        const value = numberOf(view, kind, entity, measure);
        const sign = unitSign(measure.unit);
        return [
          span(column > 0 ? gap : ""),
          span(fitText(texts.get(measure)!, label, view.glyphs.ellipsis), "dim"),
          span(fitText(value.text, NUMBER, view.glyphs.ellipsis, "right"), value.role),
          span(fitText(sign ? ` ${sign}` : "", UNIT, ""), "dim"),
        ];
      }),
  );
  if (cutNote === "" || down === 0) return lines;
  return [...lines.slice(0, -1), [...lines.at(-1)!, span(across > 1 ? gap : ""), span(cutNote, "dim")]];
}

/** Omits gauges and counters that were never reported, unless the table has a column for them. */
function isListed(kind: EntityKind, { values }: EntitySnapshot, measure: Measure): boolean {
  if (measure.hidden || (measure.optional && Number.isNaN(values[measure.id] ?? Number.NaN))) return false;
  const type = metricOf(kind, measure)?.type;
  if (type === undefined || type === "histogram") return true;
  return (
    !Number.isNaN(values[measure.id] ?? Number.NaN) || kind.columns.some((c) => c.measure === measure.id)
  );
}

function labelOf(kind: EntityKind, { limits }: EntitySnapshot, { title, read }: Measure): string {
  if (read.type !== "within") return title;
  const of = measureOf(kind, read.limitOf);
  const limit = limits[read.limitOf]?.degraded;
  return of === undefined || limit === undefined ? title : `within ${limitText(limit, of)}`;
}

/** A limit in ms or s: "500 ms", "1.5 s". */
function limitText(limit: number, measure: Measure): string {
  if (measure.unit !== "ms") return withSign(measureText(limit, measure), measure);
  return limit < 1000 ? `${Number(limit.toPrecision(3))} ms` : `${Number((limit / 1000).toPrecision(3))} s`;
}

function numberOf(view: View, kind: EntityKind, entity: EntitySnapshot, measure: Measure): Value {
  if (!measure.onDemand) return cellValue(view, entity, measure);
  const { history, snapshot } = view;
  const value = history.value(entity.name, measure.id, entity.windowMs, snapshot.at);
  const values = { ...entity.values, [measure.id]: value };
  const shown = cellValue(view, { ...entity, values }, measure);
  if (measure.read.type !== "within" || shown.role !== "text") return shown;
  // Without its own limits, a share within a limit has the colour of the limited measure.
  const { limitOf } = measure.read;
  const limited = measureOf(kind, limitOf);
  if (limited === undefined) return shown;
  const role = roleOfValue(
    entity.values[limitOf] ?? Number.NaN,
    entity.limits[limitOf],
    limited,
    entity.values,
  );
  return { ...shown, role };
}
