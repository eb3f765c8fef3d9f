import type { Measure } from "../../core/measure.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import { kindOf, measureText, titleWithUnit, withSign } from "../text/values.ts";
import type { View } from "../view.ts";
import { metricOf } from "./measure-reads.ts";

/** A charted gauge or counter of an entity. */
export interface ChartedMeasure {
  readonly measure: Measure;
  readonly type: "gauge" | "counter";
  /** The title, with the unit if the values do not include it. */
  readonly title: string;
  /** The newest value. */
  readonly value: number;
  /** Formats a value for display next to the title. */
  readonly format: (value: number) => string;
}

/** The known gauges of an entity, then its counters, both in the order of its kind. */
export function chartedMeasures(view: View, entity: EntitySnapshot): readonly ChartedMeasure[] {
  const kind = kindOf(view, entity);
  const known = kind.measures.flatMap((measure): ChartedMeasure[] => {
    const type = metricOf(kind, measure)?.type;
    const value = entity.values[measure.id] ?? Number.NaN;
    if (measure.hidden || Number.isNaN(value) || type === undefined || type === "histogram") return [];
    // Percentages include their sign; rates have it in the title.
    const format = (each: number) =>
      measure.unit === "percent" || measure.unit === "ratio"
        ? withSign(measureText(each, measure), measure)
        : measureText(each, measure);
    const title =
      measure.unit === "percent" || measure.unit === "ratio" ? measure.title : titleWithUnit(measure);
    return [{ measure, type, title, value, format }];
  });
  return [...known.filter(({ type }) => type === "gauge"), ...known.filter(({ type }) => type === "counter")];
}
