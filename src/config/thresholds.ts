import { z } from "zod";
import { lazy } from "../core/lazy.ts";
import type { Level } from "../core/measure.ts";
import { duration, HOUR_MS, percent, ratio, WEEK_MS } from "../core/quantity.ts";
import type { Path } from "./sentences.ts";

/** The entity kind that thresholds are for. */
const KIND = "service";

/** The measure and level of each threshold. */
const MEANINGS = {
  availability_down: ["availability", "down"],
  error_rate_degraded: ["error_rate", "degraded"],
  error_rate_critical: ["error_rate", "critical"],
  p99_degraded: ["p99", "degraded"],
  p99_critical: ["p99", "critical"],
} as const satisfies Record<string, readonly [measure: string, level: Level]>;

/** `thresholds`: the old spelling of the limits of services. */
export const thresholdsSchema = lazy(() =>
  z.strictObject({
    availability_down: percent()
      .optional()
      .describe("availability below this is down, percent; same as limits availability.down"),
    error_rate_degraded: ratio()
      .optional()
      .describe("error rate above this is degraded, 0..1; same as limits error_rate.degraded"),
    error_rate_critical: ratio()
      .optional()
      .describe("error rate above this is critical, 0..1; same as limits error_rate.critical"),
    p99_degraded: duration(0, HOUR_MS)
      .optional()
      .describe("p99 above this is degraded; same as limits p99.degraded"),
    p99_critical: duration(0, HOUR_MS)
      .optional()
      .describe("p99 above this is critical; same as limits p99.critical"),
    stale_after: duration(0, WEEK_MS)
      .optional()
      .describe("without an observation for this long an entity is unknown; default 5s or 3 observations"),
  }),
);

/** The limits that thresholds at `path` can set, for entities of this kind. */
export function thresholdsOf(
  kind: string,
  path: Path,
): { readonly id: string; readonly level: Level; readonly path: Path }[] {
  if (kind !== KIND) return [];
  return Object.entries(MEANINGS).map(([key, [id, level]]) => ({ id, level, path: [...path, key] }));
}
