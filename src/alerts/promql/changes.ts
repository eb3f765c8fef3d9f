import type { Severity } from "../../core/alert.ts";
import { type Measured, measureOf } from "../value.ts";
import { andAlso, hasSamples, orElse, seriesOf } from "./expressions.ts";
import { inBaseUnits, promDuration } from "./series.ts";
import type { PromRule, PromScope } from "./types.ts";

/** A change compared with an earlier value; see the rule CHANGE. */
export interface PromChange extends Measured {
  readonly by?: number | undefined;
  readonly percent?: number | undefined;
  /** ms */
  readonly within: number;
  readonly direction: "up" | "down" | "either";
  readonly min_samples?: number | undefined;
  readonly severity: Severity;
}

/** So many values are kept of the span of a change; see PastValues. */
const KEPT = 64;

/** The value beside that of a while ago. */
export function changeInPromql(scope: PromScope, change: PromChange): PromRule {
  const { by, percent, within, direction, min_samples: least, severity } = change;
  const measure = measureOf(scope.kind, change.measure)!;
  const series = seriesOf(scope, change);
  const before = `${series} offset ${promDuration(within)}`;
  const limit = by === undefined ? `abs(${before}) * ${percent! / 100}` : inBaseUnits(measure, by);
  const rises = `${series} - ${before} > ${limit}`;
  const falls = `${before} - ${series} > ${limit}`;
  const changed = direction === "up" ? rises : direction === "down" ? falls : orElse([rises, falls]);
  const enough = least === undefined ? undefined : hasSamples(scope, change, least);
  const isExact = within % scope.tickMs === 0 && scope.tickMs * KEPT >= within;
  return {
    // The difference is no value of the measure: comparing the value itself keeps it.
    conditions: [{ severity, measure, expr: shownAs(series, andSamples(changed, enough)) }],
    differences: isExact
      ? []
      : [
          `Faultline compares with a value that can be up to ${promDuration(within / KEPT + scope.tickMs)} older`,
        ],
  };
}

function andSamples(condition: string, enough: string | undefined): string {
  return enough === undefined ? condition : andAlso(condition, enough);
}

/** A condition with the value of a series. */
function shownAs(series: string, condition: string): string {
  return andAlso(series, condition);
}
