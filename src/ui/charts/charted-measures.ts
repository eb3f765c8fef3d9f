import type { Measure } from "../../core/measure.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import { kindOf, measureText, titleWithUnit, withSign } from "../text/values.ts";
import type { View } from "../view.ts";
import { metricOf } from "./measure-reads.ts";

/** A gauge or a counter of an entity as it is charted. */
export interface ChartedMeasure {
  readonly measure: Measure;
  readonly type: "gauge" | "counter";
  /** As people read it, with its unit where values do not carry it. */
  readonly title: string;
  /** The newest value. */
  readonly value: number;
  /** A value as it is written beside its title. */
  readonly format: (value: number) => string;
}

/** The gauges of an entity that are known, and after them its counters; both in the order of its kind. */
export function chartedMeasures(view: View, entity: EntitySnapshot): readonly ChartedMeasure[] {
  const kind = kindOf(view, entity);
  const known = kind.measures.flatMap((measure): ChartedMeasure[] => {
    const type = metricOf(kind, measure)?.type;
    const value = entity.values[measure.id] ?? Number.NaN;
    if (measure.hidden || Number.isNaN(value) || type === undefined || type === "histogram") return [];
    // A percentage carries its sign; a rate has it in its title.
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
