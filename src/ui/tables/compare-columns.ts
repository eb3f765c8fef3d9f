import type { EntityKind } from "../../core/entity.ts";
import type { Measure, Values } from "../../core/measure.ts";
import type { Unit } from "../../core/metric.ts";
import { formatCount } from "../../core/text.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import { fitText, type Line, span, widthOf } from "../text/line.ts";
import { measureOf, measureText, roleOfValue, titleWithUnit } from "../text/values.ts";
import type { View } from "../view.ts";
import { fitColumns, GAP } from "./fit-columns.ts";

/** An entity before, during and after a fault; undefined where that phase has not been. */
export interface Compared {
  readonly entity: EntitySnapshot;
  readonly before: Values | undefined;
  readonly during: Values | undefined;
  readonly after: Values | undefined;
  /** How badly the fault hit it: the sum of what got worse, see `worsening`. */
  readonly score: number;
}

export interface CompareColumn {
  readonly heading: string;
  readonly width: number;
  /** Which column stays longest when room is scarce: the lowest. */
  readonly priority: number;
  /** Exactly `width` columns. */
  paint(view: View, compared: Compared): Line;
}

const JOINT = 3;
/** Columns for a number of a unit; 6 where nothing is said. */
const WIDTHS: Readonly<Partial<Record<Unit, number>>> = {
  ratio: 5,
  percent: 5,
  duration: 7,
  count: 7,
  bytes: 8,
  bytes_per_second: 8,
};
const FACTOR = 6;
/** A smaller factor is no news. */
const NEWS_FROM = 1.5;

/** The measures that are compared of entities of a kind, the most important first. */
export function comparedMeasures(kind: EntityKind): readonly Measure[] {
  return kind.compared.map((id) => measureOf(kind, id)).filter((measure) => measure !== undefined);
}

/** A measure in three phases, joined by arrows. */
function triple(kind: EntityKind, measure: Measure, priority: number): CompareColumn {
  const width = WIDTHS[measure.unit] ?? 6;
  const paint = ({ glyphs }: View, { entity, before, during, after }: Compared) =>
    [before, during, after].flatMap((values, index) => {
      const joint = index === 0 ? [] : [span(` ${glyphs.arrow} `, "dim")];
      const value = values?.[measure.id] ?? Number.NaN;
      if (Number.isNaN(value)) return [...joint, span(glyphs.dash.padStart(width), "dim")];
      const role = roleOfValue(value, entity.limits[measure.id], measure);
      return [...joint, span(fitText(measureText(value, measure), width, glyphs.ellipsis, "right"), role)];
    });
  const heading = kind.columns.find((column) => column.measure === measure.id)?.heading;
  return { heading: heading ?? titleWithUnit(measure), width: 3 * width + 2 * JOINT, priority, paint };
}

/** How many times its value of before a measure had during the fault. */
function factor(measure: Measure): CompareColumn {
  const heading = `${measure.title} x`;
  const width = Math.max(FACTOR, widthOf(heading));
  return {
    heading,
    width,
    priority: 0,
    paint({ glyphs }, { entity, before, during }) {
      const value = during?.[measure.id] ?? Number.NaN;
      const times = value / (before?.[measure.id] ?? Number.NaN);
      if (!Number.isFinite(times)) return [span(glyphs.dash.padStart(width), "dim")];
      const text = times < 99.95 ? times.toFixed(1) : formatCount(times);
      const role = roleOfValue(value, entity.limits[measure.id], measure);
      const isNews = times > NEWS_FROM || times < 1 / NEWS_FROM;
      return [span(fitText(`x${text}`, width, glyphs.ellipsis, "right"), isNews ? role : "dim")];
    },
  };
}

/**
 * The columns that fit into `width` beside names of at least `least` and at most `most` columns: names give
 * way before columns do.
 */
export function compareColumnsFor(kind: EntityKind, width: number, least: number, most: number) {
  const measures = comparedMeasures(kind);
  const triples = measures.map((measure, nth) => triple(kind, measure, nth + 1));
  const { cells, left } = fitColumns([...triples, ...measures.slice(0, 1).map(factor)], width - least);
  return {
    cells,
    nameWidth: Math.max(0, Math.min(most, width, least + left)),
    gap: " ".repeat(GAP),
  };
}
