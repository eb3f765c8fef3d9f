import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { beyondText, boundsText, findBeyond, refineBounds } from "../bounds.ts";
import { thresholdInPromql } from "../promql/thresholds.ts";
import {
  commonOptions,
  holdOf,
  measureId,
  measureValue,
  ownWindow,
  severity,
  wholeTicks,
} from "../rule-options.ts";
import type { RuleKind } from "../types.ts";
import { hasFewSamples, measureOf, readValue, shownLimit } from "../value.ts";

const schema = lazy(() =>
  z
    .strictObject({
      measure: measureId().describe("the measure to check"),
      above: measureValue().optional().describe("the condition holds while the value is above this"),
      below: measureValue()
        .optional()
        .describe("the condition holds while the value is below this; with above: outside of both"),
      recovery: measureValue()
        .optional()
        .describe("value at which a firing alert ends, on the better side of the limit; default: the limit"),
      severity: severity("warning"),
      window: ownWindow(),
      min_samples: wholeTicks()
        .optional()
        .describe(
          "minimum samples in the window; with fewer the condition does not hold; default: any number",
        ),
      ticks: wholeTicks().default(1).describe("consecutive evaluations in which the condition must hold"),
      ...commonOptions(),
    })
    .superRefine(refineBounds),
);

type Options = z.output<ReturnType<typeof schema>>;

/** A measure is above or below a value: compared as it is, as Prometheus does, without further evidence. */
export const threshold: RuleKind<Options> = {
  kind: "THRESHOLD",
  description: "A measure is above or below a value.",
  get schema() {
    return schema();
  },
  example: { kind: "THRESHOLD", measure: "cpu", above: 80, recovery: 70, for: "30s" },
  applies: (kind, { measure }) => measureOf(kind, measure) !== undefined,
  measures: ({ measure }) => [measure],
  severities: (options) => [options.severity],
  condition: (options, target) => boundsText(target?.kind, options, options),
  hold: (options) => holdOf(options, options.ticks),
  evaluate(reading, options, memory) {
    const value = readValue(reading, options);
    const found = findBeyond(reading, options, value, memory);
    if (found === undefined || hasFewSamples(reading, options, options.min_samples)) return undefined;
    const { entity, kind } = reading;
    const { measure, recovery } = options;
    const limit = found.side === "over" ? options.above! : options.below!;
    const text = beyondText(kind, options, options, value);
    const held = found.isHeld ? `, recovers at ${shownLimit(measureOf(kind, measure), recovery!)}` : "";
    return {
      severity: options.severity,
      measure,
      value,
      limit,
      message: `${entity}: ${text}${held}`,
      ...(found.isHeld ? { isHeld: true } : {}),
    };
  },
  promql: (options, scope) => thresholdInPromql(scope, options),
};
