import type { EntityKind } from "../../core/entity.ts";
import { addsUp, type Measure, type StatisticRead } from "../../core/measure.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import { measureOf, measureText, withSign } from "../text/values.ts";

/** So many totals are shown. */
const MOST = 2;

/**
 * The measures in the table of a kind that can be added up over entities, as text: "94.2/s, error rate 0.8%".
 * A ratio of two counts is the ratio of their sums. "" for fewer than two entities.
 */
export function totalsText(kind: EntityKind, entities: readonly EntitySnapshot[]): string {
  if (entities.length < 2) return "";
  const texts = kind.columns.flatMap(({ measure: id }): string[] => {
    const measure = measureOf(kind, id)!;
    const total = totalOf(kind, measure, entities);
    if (Number.isNaN(total)) return [];
    const text = withSign(measureText(total, measure), measure);
    return [measure.unit === "per_second" ? text : `${measure.title} ${text}`];
  });
  return texts.slice(0, MOST).join(", ");
}

/** NaN for a measure that cannot be added up, or that no entity knows. */
export function totalOf(kind: EntityKind, measure: Measure, entities: readonly EntitySnapshot[]): number {
  if (addsUp(measure)) return sumOf(measure, entities);
  const { read, scale = 1 } = measure;
  if (read.type !== "ratio" || read.complement) return Number.NaN;
  const of = countOf(kind, read.of);
  const to = countOf(kind, read.to);
  if (of === undefined || to === undefined) return Number.NaN;
  const whole = sumOf(to, entities);
  return whole > 0 ? (scale * sumOf(of, entities)) / whole : Number.NaN;
}

/** The measure that shows a count. */
function countOf(kind: EntityKind, { metric, stat }: StatisticRead): Measure | undefined {
  if (stat !== "count") return undefined;
  return kind.measures.find(
    ({ read, onDemand }) =>
      !onDemand && read.type === "statistic" && read.metric === metric && read.stat === stat,
  );
}

function sumOf({ id }: Measure, entities: readonly EntitySnapshot[]): number {
  let sum = Number.NaN;
  for (const { values } of entities) {
    const value = values[id] ?? Number.NaN;
    if (!Number.isNaN(value)) sum = Number.isNaN(sum) ? value : sum + value;
  }
  return sum;
}
