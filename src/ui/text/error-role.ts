import type { ServiceSnapshot } from "../../monitor/types.ts";
import type { Role } from "./line.ts";

/** What colour an error rate (0..1) deserves; "text" within the limits. */
export function errorRateRole(ratio: number, thresholds: ServiceSnapshot["thresholds"]): Role {
  if (ratio > thresholds.error_rate_critical) return "critical";
  return ratio > thresholds.error_rate_degraded ? "degraded" : "text";
}
