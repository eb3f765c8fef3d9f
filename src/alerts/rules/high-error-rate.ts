import { z } from "zod";
import { ratio } from "../../core/quantity.ts";
import { formatMs, formatRatio } from "../../core/text.ts";
import { commonOptions, holdOf, minRequests } from "../rule-options.ts";
import type { RuleKind } from "../types.ts";

const schema = z.strictObject({
  warning: ratio.default(0.05).describe("error rate above this is a warning, 0..1"),
  critical: ratio.default(0.1).describe("error rate above this is critical, 0..1"),
  min_requests: minRequests,
  ...commonOptions,
});

type Options = z.output<typeof schema>;

/** Too large a share of the window's requests failed. */
export const highErrorRate: RuleKind<Options> = {
  kind: "HIGH_ERROR_RATE",
  description: "The share of failed requests in the window is above a limit.",
  schema,
  hold: (options) => holdOf(options),
  evaluate(reading, options) {
    const { requestCount, errorRate, p99 } = reading.stats;
    if (requestCount < options.min_requests) return undefined;
    const critical = errorRate > options.critical;
    if (!critical && !(errorRate > options.warning)) return undefined;
    return {
      severity: critical ? "critical" : "warning",
      message: `${reading.service}: error_rate=${formatRatio(errorRate)}%, p99=${formatMs(p99)}ms`,
    };
  },
};
