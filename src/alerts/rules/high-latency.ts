import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { duration, HOUR_MS } from "../../core/quantity.ts";
import { crossingBreach, crossingOf, limitCondition, limitSeverities } from "../limit.ts";
import { limitsInPromql } from "../promql/limits.ts";
import { commonOptions, holdOf, minRequests } from "../rule-options.ts";
import type { RuleKind } from "../types.ts";

const MEASURE = "p99";

const schema = lazy(() =>
  z.strictObject({
    warning: duration(0, HOUR_MS)
      .optional()
      .describe("p99 above this is a warning; default: the entity's p99 limit for degraded"),
    critical: duration(0, HOUR_MS)
      .optional()
      .describe("p99 above this is critical; default: the entity's p99 limit for critical"),
    min_requests: minRequests(),
    ...commonOptions(),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;

/** The p99 latency of the window is too high. */
export const highLatency: RuleKind<Options> = {
  kind: "HIGH_LATENCY",
  description: "The p99 latency of the window is above a limit.",
  get schema() {
    return schema();
  },
  example: { kind: "HIGH_LATENCY", warning: "300ms", critical: "1s", for: "30s" },
  applies: (kind) => kind.measures.some(({ id }) => id === MEASURE),
  measures: () => [MEASURE],
  severities: (options, target) => limitSeverities(MEASURE, ownLimits(options), target),
  condition: (options, target) => limitCondition(MEASURE, ownLimits(options), target),
  hold: (options) => holdOf(options),
  evaluate(reading, options, memory) {
    const limits = ownLimits(options);
    const crossing = crossingOf(reading, MEASURE, { limits, minSamples: options.min_requests }, memory);
    return crossing && crossingBreach(reading.entity, crossing);
  },
  promql: (options, scope) =>
    limitsInPromql(scope, MEASURE, { limits: ownLimits(options), minSamples: options.min_requests }),
};

/** In the unit of the measure; undefined: the limits of the entity. */
function ownLimits({ warning, critical }: Options) {
  return { degraded: warning, critical } as Record<string, number>;
}
