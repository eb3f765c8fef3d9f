import type { Severity } from "../../core/alert.ts";
import { type Combination, type Condition, canHold } from "../conditions.ts";
import { type Measured, measureOf } from "../value.ts";
import { andAlso, compared, orElse, seriesOf } from "./expressions.ts";
import { beyondInPromql } from "./thresholds.ts";
import type { PromRule, PromScope } from "./types.ts";

/** A combination of conditions, which PromQL can express as it is: an absent series is an unknown value. */
export function combinedInPromql(
  scope: PromScope,
  how: Combination,
  conditions: readonly Condition[],
  severity: Severity,
): PromRule {
  const all =
    how === "all" ? { all: conditions } : how === "any" ? { any: conditions } : { not: { any: conditions } };
  const expr = conditionInPromql(scope, all, true);
  if (expr === undefined) return { conditions: [], differences: [] };
  // The value of `and` is that of its first part.
  const first = how === "all" ? measureOf(scope.kind, conditions[0]!.measure ?? "") : undefined;
  return { conditions: [{ severity, expr, measure: first }], differences: [] };
}

/**
 * That a condition holds, or that it is known not to hold: `not` is moved to the measures (De Morgan), where it turns
 * the comparison round, so that an unknown value meets neither. Undefined: it never does.
 */
function conditionInPromql(scope: PromScope, condition: Condition, held: boolean): string | undefined {
  const { measure, all, any, not } = condition;
  if (not !== undefined) return conditionInPromql(scope, not, !held);
  if (measure !== undefined) {
    if (!canHold(scope.kind, condition)) return undefined;
    const measured = condition as Measured;
    return held ? beyondInPromql(scope, measured, condition) : withinInPromql(scope, measured, condition);
  }
  const parts = (all ?? any)!.map((each) => conditionInPromql(scope, each, held));
  const known = parts.filter((part) => part !== undefined);
  if ((all !== undefined) === held) return known.length === parts.length ? known.reduce(andAlso) : undefined;
  return known.length === 0 ? undefined : orElse(known);
}

/** A value that is known and within its bounds. */
function withinInPromql(scope: PromScope, measured: Measured, { above, below }: Condition): string {
  const measure = measureOf(scope.kind, measured.measure)!;
  const series = seriesOf(scope, measured);
  return [
    ...(above === undefined ? [] : [compared(series, "<=", measure, above)]),
    ...(below === undefined ? [] : [compared(series, ">=", measure, below)]),
  ].reduce(andAlso);
}
