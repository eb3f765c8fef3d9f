import { z } from "zod";
import { duration, percent, ratio } from "../core/quantity.ts";

/** At which numbers a service stops being healthy. Config spelling; every key has a default. */
export const thresholdsSchema = z.strictObject({
  availability_down: percent.default(95).describe("availability below this is down, percent"),
  error_rate_degraded: ratio.default(0.05).describe("error rate above this is degraded, 0..1"),
  error_rate_critical: ratio.default(0.1).describe("error rate above this is critical, 0..1"),
  p99_degraded: duration(0).default(500).describe("p99 above this is degraded"),
  p99_critical: duration(0).default(1000).describe("p99 above this is critical"),
  stale_after: duration(0)
    .optional()
    .describe(
      "without any observation for this long a service is unknown; default 5s or 3 looks of its source",
    ),
});

export type Thresholds = z.output<typeof thresholdsSchema>;
