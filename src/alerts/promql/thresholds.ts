import type { Severity } from "../../core/alert.ts";
import type { Bounds } from "../bounds.ts";
import { type Measured, measureOf } from "../value.ts";
import { andAlso, compared, hasSamples, orElse, seriesOf, wasActive } from "./expressions.ts";
import type { PromRule, PromScope } from "./types.ts";

/** A value outside of bounds; see `findBeyond`. */
export interface PromThreshold extends Measured, Bounds {
  readonly recovery?: number | undefined;
  readonly min_samples?: number | undefined;
  readonly keep_firing_for: number;
  readonly severity: Severity;
}

/** Bounds as they are; a recovery value is one more bound while the alert fires. */
export function thresholdInPromql(scope: PromScope, threshold: PromThreshold): PromRule {
  const { above, below, recovery, severity, min_samples: least } = threshold;
  const measure = measureOf(scope.kind, threshold.measure)!;
  const series = seriesOf(scope, threshold);
  const differences: string[] = [];
  const beyond = beyondInPromql(scope, threshold, threshold);
  const held: string[] = [];
  if (recovery !== undefined) {
    const firing = wasActive(scope, severity, "firing");
    if (above !== undefined) held.push(andAlso(compared(series, ">", measure, recovery), firing));
    if (below !== undefined) held.push(andAlso(compared(series, "<", measure, recovery), firing));
    if (above !== undefined && below !== undefined)
      differences.push("Prometheus does not know on which side the value was: recovery holds on both");
    if (threshold.keep_firing_for > 0)
      differences.push(
        "in Prometheus the recovery value also counts while keep_firing_for goes on, and begins it anew",
      );
    if (least !== undefined)
      differences.push("in Prometheus a time with few samples does not count towards the hold");
  }
  const condition = orElse([beyond, ...held]);
  const enough = least === undefined ? undefined : hasSamples(scope, threshold, least);
  const expr = enough === undefined ? condition : andAlso(condition, enough);
  return { conditions: [{ severity, expr, measure }], differences };
}

/** A value outside of bounds at this instant. */
export function beyondInPromql(scope: PromScope, measured: Measured, { above, below }: Bounds): string {
  const measure = measureOf(scope.kind, measured.measure)!;
  const series = seriesOf(scope, measured);
  return orElse([
    ...(above === undefined ? [] : [compared(series, ">", measure, above)]),
    ...(below === undefined ? [] : [compared(series, "<", measure, below)]),
  ]);
}
