import type { ServiceSnapshot } from "../../monitor/types.ts";
import { errorRateRole } from "../text/error-role.ts";
import type { Role } from "../text/line.ts";
import { latencyRole } from "../text/values.ts";

const SEVERITY: Readonly<Partial<Record<Role, number>>> = { critical: 2, degraded: 1 };
/** More than the doublings that lie between any two latencies. */
const PER_SEVERITY = 1000;

/**
 * How far up a set stands: first by the limits it has crossed, then by its p99 in steps of doubling. Sets in
 * one step are equal, so that rows do not change places with every tick. Without requests last of all.
 */
export function urgencyOf({ stats, thresholds }: Pick<ServiceSnapshot, "stats" | "thresholds">): number {
  if (stats.requestCount === 0) return -PER_SEVERITY;
  const severity = Math.max(
    SEVERITY[errorRateRole(stats.errorRate, thresholds)] ?? 0,
    SEVERITY[latencyRole(stats.p99, thresholds)] ?? 0,
  );
  const doublings = Math.floor(Math.log2(Math.max(1, stats.p99) / Math.max(1, thresholds.p99_degraded)));
  return severity * PER_SEVERITY + doublings;
}
