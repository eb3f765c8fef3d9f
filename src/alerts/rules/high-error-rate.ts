import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { ratio } from "../../core/quantity.ts";
import { formatMs } from "../../core/text.ts";
import { crossingBreach, crossingOf, limitCondition, limitSeverities } from "../limit.ts";
import { limitsInPromql } from "../promql/limits.ts";
import { commonOptions, holdOf, minRequests } from "../rule-options.ts";
import type { RuleKind } from "../types.ts";

const MEASURE = "error_rate";

const schema = lazy(() =>
  z.strictObject({
    warning: ratio()
      .optional()
      .describe("error rate above this is a warning, 0..1; default: the entity's limit for degraded"),
    critical: ratio()
      .optional()
      .describe("error rate above this is critical, 0..1; default: the entity's limit for critical"),
    min_requests: minRequests(),
    ...commonOptions(),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;

/** The error rate of the window is too high. */
export const highErrorRate: RuleKind<Options> = {
  kind: "HIGH_ERROR_RATE",
  description: "The share of failed requests in the window is above a limit.",
  get schema() {
    return schema();
  },
  example: { kind: "HIGH_ERROR_RATE", warning: 0.02, critical: 0.1, for: "10s" },
  applies: (kind) => kind.measures.some(({ id }) => id === MEASURE),
  measures: () => [MEASURE],
  severities: (options, target) => limitSeverities(MEASURE, ownLimits(options), target),
  condition: (options, target) => limitCondition(MEASURE, ownLimits(options), target),
  hold: (options) => holdOf(options),
  evaluate(reading, options, memory) {
    const limits = ownLimits(options);
    const crossing = crossingOf(reading, MEASURE, { limits, minSamples: options.min_requests }, memory);
    if (crossing === undefined) return undefined;
    const { entity, values } = reading;
    const breach = crossingBreach(entity, crossing);
    // Slow failures have other causes than fast ones.
    const p99 = Number.isNaN(values.p99 ?? Number.NaN) ? "" : `, p99=${formatMs(values.p99!)}ms`;
    return { ...breach, message: breach.message + p99 };
  },
  promql: (options, scope) =>
    limitsInPromql(scope, MEASURE, { limits: ownLimits(options), minSamples: options.min_requests }),
};

/** In the unit of the measure; undefined: the limits of the entity. */
function ownLimits({ warning, critical }: Options) {
  return { degraded: warning, critical } as Record<string, number>;
}
