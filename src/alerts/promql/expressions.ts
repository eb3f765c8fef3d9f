import type { Severity } from "../../core/alert.ts";
import type { Measure } from "../../core/measure.ts";
import { type Measured, measureOf } from "../value.ts";
import { inBaseUnits, LAST_SEEN, seriesName } from "./series.ts";
import type { PromScope } from "./types.ts";

/** The series of a measure for the entities of a scope: `faultline_p99_seconds{kind="service"}`. */
export function seriesOf({ kind, matchers }: PromScope, { measure, window }: Measured): string {
  return `${seriesName(measureOf(kind, measure)!, window)}{${matchers}}`;
}

/** `series > 0.3`, with the limit in base units. */
export function compared(
  series: string,
  operator: ">" | "<" | ">=" | "<=",
  measure: Measure,
  limit: number,
): string {
  return `${series} ${operator} ${inBaseUnits(measure, limit)}`;
}

/** `left and on (entity) right`: what holds for the same entity. */
export function andAlso(left: string, right: string): string {
  return `${wrapped(left)} and on (entity) ${wrapped(right)}`;
}

/** `left unless on (entity) right`: the left, where the right does not hold for the same entity. */
export function unless(left: string, right: string): string {
  return `${wrapped(left)} unless on (entity) ${wrapped(right)}`;
}

/** `left or on (entity) right`: the value of the left where both hold. */
export function orElse(parts: readonly string[]): string {
  return parts.length === 1 ? parts[0]! : parts.map(wrapped).join(" or on (entity) ");
}

/** Comparisons bind more tightly than set operators, and need no parentheses beside one. */
function wrapped(expr: string): string {
  return / (?:and|or|unless) /.test(expr) ? `(${expr})` : expr;
}

/** That the alert of an entity was firing at the previous evaluation, or also pending. It has one alert of a name. */
export function wasActive(
  { alert }: Pick<PromScope, "alert">,
  severity: Severity,
  state: "firing" | "pending or firing",
): string {
  const own = [`alertname=${JSON.stringify(alert)}`, `severity="${severity}"`];
  if (state === "firing") own.push('alertstate="firing"');
  return `ALERTS{${own.join(",")}}`;
}

/** At least so many samples behind a measure; undefined where nothing counts them. */
export function hasSamples(scope: PromScope, measured: Measured, least: number): string | undefined {
  const { samples } = measureOf(scope.kind, measured.measure)!;
  const counted = samples === undefined ? undefined : measureOf(scope.kind, samples);
  if (counted === undefined) return undefined;
  return compared(seriesOf(scope, { ...measured, measure: counted.id }), ">=", counted, least);
}

/** That an entity was not observed for at least so long, ms. */
export function isSilent({ matchers }: PromScope, ms: number): string {
  return `time() - ${LAST_SEEN}{${matchers}} >= ${inBaseUnits({ unit: "ms" }, ms)}`;
}
