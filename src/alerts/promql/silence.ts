import { measureOf } from "../value.ts";
import { isSilent, orElse } from "./expressions.ts";
import { limitsInPromql } from "./limits.ts";
import type { PromRule, PromScope } from "./types.ts";

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
