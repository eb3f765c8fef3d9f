import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { crossingBreach, crossingOf, limitCondition, limitSeverities } from "../limit.ts";
import { limitsInPromql } from "../promql/limits.ts";
import { commonOptions, holdOf, measureId, measureValue, wholeTicks } from "../rule-options.ts";
import type { RuleKind } from "../types.ts";

const bound = (level: string) =>
  measureValue()
    .optional()
    .describe(`value beyond which the alert is ${level}; default: the entity's own limit`);

const schema = lazy(() =>
  z.strictObject({
    measure: measureId().describe("the measure to check"),
    name: z
      .string()
      .min(1)
      .optional()
      .describe("name of the alerts; default: that of the measure's default rule"),
    warning: bound("a warning"),
    critical: bound("critical"),
    page: bound("a page"),
    min_samples: wholeTicks()
      .optional()
      .describe("minimum samples in the window; with fewer the rule does not fire"),
    ticks: wholeTicks()
      .optional()
      .describe("consecutive evaluations beyond the limit; default: that of the measure, usually 1"),
    ...commonOptions(),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;

/** A measure of any entity kind is beyond a limit. */
export const limit: RuleKind<Options> = {
  kind: "LIMIT",
  description: "A measure is beyond one of its limits.",
  get schema() {
    return schema();
  },
  example: { kind: "LIMIT", measure: "p99", name: "SLOW", critical: "2s" },
  applies: (kind, { measure }) => kind.measures.some(({ id }) => id === measure),
  measures: ({ measure }) => [measure],
  severities: (options, target) => limitSeverities(options.measure, ownLimits(options), target),
  condition: (options, target) => limitCondition(options.measure, ownLimits(options), target),
  hold(options, { kind }) {
    const measure = kind.measures.find(({ id }) => id === options.measure);
    return holdOf(options, options.ticks ?? measure?.sustained ?? 1);
  },
  evaluate(reading, options, memory) {
    const limits = ownLimits(options);
    const crossing = crossingOf(
      reading,
      options.measure,
      { limits, minSamples: options.min_samples },
      memory,
      options.ticks,
    );
    return crossing && crossingBreach(reading.entity, crossing);
  },
  promql: (options, scope) =>
    limitsInPromql(scope, options.measure, {
      limits: ownLimits(options),
      minSamples: options.min_samples,
      ticks: options.ticks,
    }),
};

/** In the unit of the measure; undefined: the limits of the entity. */
function ownLimits({ warning, critical, page }: Options) {
  return { degraded: warning, critical, down: page } as Record<string, number>;
}
