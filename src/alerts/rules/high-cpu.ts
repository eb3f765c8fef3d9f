import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { percent } from "../../core/quantity.ts";
import { crossingBreach, crossingOf, limitCondition, limitSeverities } from "../limit.ts";
import { limitsInPromql } from "../promql/limits.ts";
import { commonOptions, holdOf, wholeTicks } from "../rule-options.ts";
import type { RuleKind } from "../types.ts";

const MEASURE = "cpu";

const schema = lazy(() =>
  z.strictObject({
    above: percent()
      .optional()
      .describe("cpu above this is a warning, percent; default: the entity's limit for degraded"),
    critical_above: percent()
      .optional()
      .describe("cpu above this is critical, percent; default: the entity's limit for critical"),
    ticks: wholeTicks().default(5).describe("consecutive evaluations above the limit before the alert fires"),
    ...commonOptions(),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;

/** CPU use stays high; short peaks are normal. */
export const highCpu: RuleKind<Options> = {
  kind: "HIGH_CPU",
  description: "CPU use is above a limit for several consecutive evaluations.",
  get schema() {
    return schema();
  },
  example: { kind: "HIGH_CPU", above: 80, critical_above: 95, ticks: 5 },
  applies: (kind) => kind.measures.some(({ id }) => id === MEASURE),
  measures: () => [MEASURE],
  severities: (options, target) => limitSeverities(MEASURE, ownLimits(options), target),
  condition: (options, target) => limitCondition(MEASURE, ownLimits(options), target),
  hold: (options) => holdOf(options, options.ticks),
  evaluate(reading, options, memory) {
    const limits = ownLimits(options);
    const crossing = crossingOf(reading, MEASURE, { limits }, memory, options.ticks);
    return crossing && crossingBreach(reading.entity, crossing);
  },
  promql: (options, scope) =>
    limitsInPromql(scope, MEASURE, { limits: ownLimits(options), ticks: options.ticks }),
};

/** In the unit of the measure; undefined: the limits of the entity. */
function ownLimits({ above, critical_above }: Options) {
  return { degraded: above, critical: critical_above } as Record<string, number>;
}
