import type { EntityKind } from "../../core/entity.ts";
import type { Measure } from "../../core/measure.ts";
import { unitSign } from "../../core/text.ts";
import type { PanelOptions } from "../panels/types.ts";
import { headlineOf, measureOf } from "../text/values.ts";
import { hasDistribution, metricOf } from "./measure-reads.ts";

/**
 * The measure whose distribution is shown: the option `measure`, else the headline, else the first with a
 * distribution. Undefined if the kind has none.
 */
export function distributionMeasure(kind: EntityKind, { measure: id }: PanelOptions): Measure | undefined {
  const named = typeof id === "string" ? measureOf(kind, id) : undefined;
  const candidates = named ? [named] : [headlineOf(kind), ...kind.measures.filter(({ hidden }) => !hidden)];
  return candidates.find((measure) => hasDistribution(kind, measure));
}

/** The name of the distributed metric with its unit: "request latency (ms)". */
export function distributionTitle(kind: EntityKind, measure: Measure): string {
  const title = metricOf(kind, measure)!.name.replaceAll("_", " ");
  const sign = unitSign(measure.unit);
  return sign === "" ? title : `${title} (${sign})`;
}
