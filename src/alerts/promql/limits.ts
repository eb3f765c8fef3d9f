import { allowedShare, recoveryOf } from "../../core/limits.ts";
import { LEVELS, type Level, type Limits, type Measure } from "../../core/measure.ts";
import { LEAST_BAD, SURE } from "../../core/proportion.ts";
import { isPercentile } from "../../measures/plan.ts";
import { type LimitOptions, SEVERITY_OF_LEVEL } from "../limit.ts";
import { measureOf } from "../value.ts";
import { andAlso, compared, hasSamples, orElse, seriesOf, wasActive } from "./expressions.ts";
import type { PromCondition, PromRule, PromScope } from "./types.ts";

/**
 * The limits of a measure, one condition for each level: as near as PromQL comes to a LimitJudge.
 * @param own the limits and the minimum of samples that the rule sets itself
 */
export function limitsInPromql(
  scope: PromScope,
  measureId: string,
  own: LimitOptions & { readonly ticks?: number | undefined },
): PromRule {
  const measure = measureOf(scope.kind, measureId)!;
  const set = Object.entries(own.limits).filter(([, limit]) => limit !== undefined);
  const limits: Limits = { ...scope.limits[measureId], ...Object.fromEntries(set) };
  const levels = LEVELS.filter((level) => limits[level] !== undefined);
  const least = own.minSamples ?? measure.minSamples;
  // A level is held from the evaluation on in which it begins to apply.
  const held = (own.ticks ?? measure.sustained ?? 1) === 1 ? "pending or firing" : "firing";
  const conditions = levels.map((level): PromCondition => {
    const severity = SEVERITY_OF_LEVEL[level];
    const recovery = recoveryOf(measure, limits, level);
    const series = seriesOf(scope, { measure: measureId });
    const still = compared(series, operatorOf(measure), measure, recovery);
    const parts = [crossedInPromql(scope, measure, level, limits[level]!)];
    if (recovery !== limits[level]) parts.push(andAlso(still, wasActive(scope, severity, held)));
    const enough = least === undefined ? undefined : hasSamples(scope, { measure: measureId }, least);
    return { severity, measure, expr: enough === undefined ? orElse(parts) : andAlso(orElse(parts), enough) };
  });
  return { conditions, differences: [...differencesOf(measure, levels)] };
}

function operatorOf({ worse }: Measure): ">" | "<" {
  return worse === "down" ? "<" : ">";
}

/** The evidence for a level over the whole window; see `crossedBy` of LimitJudge and `isSurelyAbove`. */
function crossedInPromql(scope: PromScope, measure: Measure, level: Level, limit: number): string {
  const { proportion, evidence } = measure;
  const value = compared(seriesOf(scope, { measure: measure.id }), operatorOf(measure), measure, limit);
  if (proportion !== undefined) {
    const share = Number(allowedShare(measure, limit).toPrecision(15));
    const bad = seriesOf(scope, { measure: proportion.of });
    const all = seriesOf(scope, { measure: proportion.to });
    const expected = `${all} * ${share}`;
    const deviation = `sqrt(${expected} * ${Number((1 - share).toPrecision(15))})`;
    // The value of an alert is that of the first part.
    return andAlso(value, `${bad} - 0.5 > ${expected} + ${SURE} * ${deviation} and ${bad} >= ${LEAST_BAD}`);
  }
  const least = evidence?.least[level];
  if (evidence === undefined || least === undefined) return value;
  const counted = measureOf(scope.kind, evidence.measure)!;
  return andAlso(value, compared(seriesOf(scope, { measure: counted.id }), ">=", counted, least));
}

function* differencesOf(measure: Measure, levels: readonly Level[]): Generator<string> {
  const { proportion, read } = measure;
  if (proportion !== undefined)
    yield "the test of significance uses the counts of the whole window only, not those of the last 3 s, nor that all of a few were bad";
  else if (read.type === "relative" || (read.type === "statistic" && isPercentile(read.stat)))
    yield "the values behind a percentile are not exported, so that it is compared as it is, without a test of significance";
  yield "a level ends at its recovery value at once; Faultline waits until it is sure";
  if (levels.length > 1)
    yield "each severity is an alert of its own; inhibit the lower ones in Alertmanager (see the end of this file)";
}
