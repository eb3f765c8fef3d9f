import type { EntityKind } from "../../core/entity.ts";
import type { Measure, Values } from "../../core/measure.ts";
import type { Unit } from "../../core/metric.ts";
import { formatCount } from "../../core/text.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import { fitText, type Line, span, widthOf } from "../text/line.ts";
import { measureText, roleOfValue, titleWithUnit } from "../text/values.ts";
import type { View } from "../view.ts";
import { comparedMeasures } from "./fault-phases.ts";
import { fitColumns, GAP } from "./fit-columns.ts";

/** An entity before, during and after a fault; undefined for missing phases. */
export interface Compared {
  readonly entity: EntitySnapshot;
  readonly before: Values | undefined;
  readonly during: Values | undefined;
  readonly after: Values | undefined;
  /** The total effect of the fault: the sum over its measures, see `worsening`. */
  readonly score: number;
}

export interface CompareColumn {
  readonly heading: string;
  readonly width: number;
  /** The column with the lowest priority is hidden last. */
  readonly priority: number;
  /** Exactly `width` columns. */
  paint(view: View, compared: Compared): Line;
}

const JOINT = 3;
/** Number width by unit; default 6. */
const WIDTHS: Readonly<Partial<Record<Unit, number>>> = {
  ratio: 5,
  percent: 5,
  duration: 7,
  count: 7,
  bytes: 8,
  bytes_per_second: 8,
};
const FACTOR = 6;
/** Smaller factors are dim. */
const NOTABLE_FACTOR = 1.5;

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
  return { heading: headingOf(kind, measure), width: 3 * width + 2 * JOINT, priority, paint };
}

function headingOf(kind: EntityKind, measure: Measure): string {
  return kind.columns.find((column) => column.measure === measure.id)?.heading ?? titleWithUnit(measure);
}

/** Not finite if one is unknown or the baseline is 0. */
function timesBefore({ id }: Measure, before: Values | undefined, during: Values | undefined): number {
  return (during?.[id] ?? Number.NaN) / (before?.[id] ?? Number.NaN);
}

/** The factor between the values during and before the fault. */
function factor(kind: EntityKind, measure: Measure): CompareColumn {
  // The shorter of its two names: the column has one number only.
  const [name] = [measure.title, headingOf(kind, measure)].toSorted((a, b) => widthOf(a) - widthOf(b));
  const heading = `${name} x before`;
  const width = Math.max(FACTOR, widthOf(heading));
  return {
    heading,
    width,
    priority: 0,
    paint({ glyphs }, { entity, before, during }) {
      const value = during?.[measure.id] ?? Number.NaN;
      const times = timesBefore(measure, before, during);
      if (!Number.isFinite(times)) return [span(glyphs.dash.padStart(width), "dim")];
      const text = times < 99.95 ? times.toFixed(1) : formatCount(times);
      const role = roleOfValue(value, entity.limits[measure.id], measure);
      const isNotable = times > NOTABLE_FACTOR || times < 1 / NOTABLE_FACTOR;
      return [span(fitText(`x${text}`, width, glyphs.ellipsis, "right"), isNotable ? role : "dim")];
    },
  };
}

/**
 * The columns that fit into `width` beside names of `least` to `most` columns. Names shrink before columns
 * are dropped. Without any factor in `rows` there is no column for it.
 */
export function compareColumnsFor(
  kind: EntityKind,
  rows: readonly Compared[],
  width: number,
  least: number,
  most: number,
) {
  const measures = comparedMeasures(kind);
  const triples = measures.map((measure, nth) => triple(kind, measure, nth + 1));
  const factors = measures
    .slice(0, 1)
    .filter((measure) =>
      rows.some(({ before, during }) => Number.isFinite(timesBefore(measure, before, during))),
    )
    .map((measure) => factor(kind, measure));
  const { cells, left } = fitColumns([...triples, ...factors], width - least);
  return {
    cells,
    nameWidth: Math.max(0, Math.min(most, width, least + left)),
    gap: " ".repeat(GAP),
  };
}
