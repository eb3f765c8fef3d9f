import { z } from "zod";
import { duration } from "../../core/quantity.ts";
import { formatMs } from "../../core/text.ts";
import { commonOptions, holdOf, minRequests } from "../rule-options.ts";
import type { RuleKind } from "../types.ts";

const schema = z.strictObject({
  warning: duration(0).default(500).describe("p99 above this is a warning"),
  critical: duration(0).default(1000).describe("p99 above this is critical"),
  min_requests: minRequests,
  ...commonOptions,
});

type Options = z.output<typeof schema>;

/** The slowest hundredth of the window's requests takes too long. */
export const highLatency: RuleKind<Options> = {
  kind: "HIGH_LATENCY",
  description: "The p99 latency of the window is above a limit.",
  schema,
  hold: (options) => holdOf(options),
  evaluate(reading, options) {
    const { requestCount, p99 } = reading.stats;
    if (requestCount < options.min_requests) return undefined;
    const critical = p99 > options.critical;
    if (!critical && !(p99 > options.warning)) return undefined;
    const limit = critical ? options.critical : options.warning;
    return {
      severity: critical ? "critical" : "warning",
      message: `${reading.service}: p99=${formatMs(p99)}ms over ${formatMs(limit)}ms`,
    };
  },
};
