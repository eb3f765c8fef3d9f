import type { Severity } from "../../core/alert.ts";
import { addsUp } from "../../core/measure.ts";
import { measureOf } from "../value.ts";
import { isSilent, orElse, seriesOf, unless } from "./expressions.ts";
import { limitsInPromql } from "./limits.ts";
import { LAST_SEEN } from "./series.ts";
import type { PromRule, PromScope } from "./types.ts";

/** An entity that was not observed for so long is unknown, seconds; as in `health`. */
const STALE_S = 5;

/** A page for an entity without an observation for some time, ms, or whose measure is beyond its limit for down. */
export function silenceInPromql(scope: PromScope, missingMs: number, measureId: string): PromRule {
  const silent = isSilent(scope, missingMs);
  const differences = [
    "each missing sign of life counts in Faultline, and a slow source has more time; in Prometheus the newest observation of any kind",
  ];
  const measure = measureOf(scope.kind, measureId);
  const limited = measure && limitsInPromql(scope, measureId, { limits: {} });
  const lower = limited?.conditions.filter(({ severity }) => severity !== "page") ?? [];
  const page = limited?.conditions.find(({ severity }) => severity === "page");
  return {
    conditions: [
      ...lower,
      // Without a measure: the value is that of either part.
      { severity: "page", expr: orElse([silent, ...(page === undefined ? [] : [page.expr])]) },
    ],
    differences: [...differences, ...(limited?.differences ?? [])],
  };
}

/** An entity, or one measure of an entity that is seen, without data; see the rule ABSENCE. */
export function absenceInPromql(
  scope: PromScope,
  {
    measure: id,
    missing_for,
    severity,
  }: { measure?: string | undefined; missing_for: number; severity: Severity },
): PromRule {
  if (id === undefined) {
    const differences = [
      "a slow source has more time in Faultline; and one that was never seen has no series at all",
    ];
    return { conditions: [{ severity, expr: isSilent(scope, missing_for) }], differences };
  }
  const measure = measureOf(scope.kind, id)!;
  const series = seriesOf(scope, { measure: id });
  // Stays a series while nothing is observed; then it says nothing about traffic.
  const isMissing = unless(`time() - ${LAST_SEEN}{${scope.matchers}} < ${STALE_S}`, series);
  const parts = addsUp(measure) ? [`${series} == 0`, isMissing] : [isMissing];
  return {
    conditions: [{ severity, expr: orElse(parts), lastsMs: missing_for }],
    differences: addsUp(measure)
      ? [
          "a window without traffic counts as time without traffic in Faultline, so that Prometheus is later by one window",
        ]
      : [],
  };
}
