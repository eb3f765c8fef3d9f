import type { Severity } from "../../core/alert.ts";
import { LEAST_VARIATION } from "../baseline.ts";
import { type Measured, measureOf } from "../value.ts";
import { andAlso, hasSamples, orElse, seriesOf } from "./expressions.ts";
import { promDuration } from "./series.ts";
import type { PromRule, PromScope } from "./types.ts";

/** A distance from the recent past; see the rule ANOMALY. */
export interface PromAnomaly extends Measured {
  readonly z: number;
  /** Values in the baseline, and after how many it is known. */
  readonly baseline: number;
  readonly min_baseline: number;
  /** The time between two of them, ms. */
  readonly everyMs: number;
  readonly up: boolean;
  readonly down: boolean;
  readonly min_samples?: number | undefined;
  readonly severity: Severity;
}

const DIFFERENCES = [
  "anomalous values join the baseline in Prometheus, so that an anomaly ends sooner and hides the next one",
  "Prometheus divides by n, not by n - 1, and takes its values at multiples of the time between two",
];

/** The value beside the mean and the standard deviation of values before it. */
export function anomalyInPromql(scope: PromScope, anomaly: PromAnomaly): PromRule {
  const { z, baseline, everyMs, severity, min_samples: least } = anomaly;
  const series = seriesOf(scope, anomaly);
  const every = promDuration(everyMs);
  const past = `${series}[${promDuration(baseline * everyMs)}:${every}] offset ${every}`;
  const mean = `avg_over_time(${past})`;
  const variation = `${LEAST_VARIATION} * abs(${mean})`;
  // The larger of the two.
  const spread = `((stddev_over_time(${past}) > ${variation}) or ${variation})`;
  const sides = [
    ...(anomaly.up ? [`${series} > ${mean} + ${z} * ${spread}`] : []),
    ...(anomaly.down ? [`${series} < ${mean} - ${z} * ${spread}`] : []),
  ];
  const known = andAlso(orElse(sides), `count_over_time(${past}) >= ${anomaly.min_baseline}`);
  const enough = least === undefined ? undefined : hasSamples(scope, anomaly, least);
  const expr = enough === undefined ? known : andAlso(known, enough);
  return {
    conditions: [{ severity, expr, measure: measureOf(scope.kind, anomaly.measure) }],
    differences: DIFFERENCES,
  };
}
