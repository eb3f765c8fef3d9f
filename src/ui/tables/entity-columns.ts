import type { EntityKind } from "../../core/entity.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import { fitText, type Span, span } from "../text/line.ts";
import type { View } from "../view.ts";
import { fitColumns, GAP } from "./fit-columns.ts";
import { measureCell, measureColumnsOf } from "./measure-cells.ts";

/** A column of the table of entities. */
export interface EntityColumn {
  readonly heading: string;
  readonly width: number;
  readonly align: "left" | "right";
  /** The sort order of this column. */
  readonly sort: string;
  readonly priority: number;
  /** Exactly `width` columns. */
  readonly paint: (view: View, entity: EntitySnapshot) => Span;
}

export const NAME_WIDTH = { min: 12, max: 24 } as const;
const MARKER = 2;
const FAULT_MARK = 2;
const SPARK = { min: 12, max: 30 } as const;
/** With this many columns the sparkline takes precedence over further ones. */
const BEFORE_SPARK = 4;

const health: EntityColumn = {
  heading: "health",
  width: 10,
  align: "left",
  sort: "health",
  priority: Number.NEGATIVE_INFINITY,
  paint: ({ glyphs }, entity) =>
    span(fitText(`${glyphs.health[entity.health]} ${entity.health.toUpperCase()}`, 10, ""), entity.health),
};

/** The layout of a section of the table. */
export interface SectionColumns {
  readonly nameWidth: number;
  readonly cells: readonly EntityColumn[];
  /** 0 without a sparkline. */
  readonly sparkWidth: number;
}

/** The columns of a kind that fit into `width`, by priority; the sparkline gets the rest. */
export function sectionColumns(kind: EntityKind, width: number, nameWidth: number): SectionColumns {
  const measures = measureColumnsOf(kind).map((column): EntityColumn => {
    const { heading, priority, measure } = column;
    const paint = (view: View, entity: EntitySnapshot) => measureCell(view, entity, column);
    return { heading, width: column.width, align: "right", sort: measure.id, priority, paint };
  });
  const { cells, left } = fitColumns(
    [health, ...measures],
    width - MARKER - nameWidth - FAULT_MARK,
    (chosen) => (chosen >= BEFORE_SPARK ? GAP + SPARK.min : 0),
  );
  const space = left - GAP;
  return { nameWidth, cells, sparkWidth: space >= SPARK.min ? Math.min(SPARK.max, space) : 0 };
}

/** The names of entities with an active fault. */
export function brokenEntities({ snapshot }: View): ReadonlySet<string> {
  return new Set(snapshot.faults.filter(({ endedAt }) => endedAt === undefined).map(({ entity }) => entity));
}
