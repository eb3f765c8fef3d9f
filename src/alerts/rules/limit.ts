import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { duration, MAX_NUMBER, WEEK_MS } from "../../core/quantity.ts";
import { crossingBreach, crossingOf } from "../limit.ts";
import { commonOptions, holdOf, wholeTicks } from "../rule-options.ts";
import type { RuleKind } from "../types.ts";

const bound = (level: string) =>
  z
    .union([z.number().min(-MAX_NUMBER).max(MAX_NUMBER), duration(0, WEEK_MS)], {
      error: "must be a number, or a duration for a measure of time",
    })
    .optional()
    .describe(`value beyond which the alert is ${level}; default: the entity's own limit`);

const schema = lazy(() =>
  z.strictObject({
    measure: z
      .string({ error: "must be the id of a measure, such as depth" })
      .min(1)
      .describe("the measure to check"),
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
  hold(options, { kind }) {
    const measure = kind.measures.find(({ id }) => id === options.measure);
    return holdOf(options, options.ticks ?? measure?.sustained ?? 1);
  },
  evaluate(reading, { measure, warning, critical, page, min_samples, ticks }, judges) {
    const limits = { degraded: warning, critical, down: page } as Record<string, number>;
    const crossing = crossingOf(reading, measure, { limits, minSamples: min_samples }, judges, ticks);
    return crossing && crossingBreach(reading.entity, crossing);
  },
};
