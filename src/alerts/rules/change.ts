import { z } from "zod";
import { durationText } from "../../core/duration.ts";
import { lazy } from "../../core/lazy.ts";
import { DAY_MS, duration } from "../../core/quantity.ts";
import { PastValues } from "../past-values.ts";
import { changeInPromql } from "../promql/changes.ts";
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
import { hasFewSamples, measuredText, measureOf, readValue, shownLimit, shownValue } from "../value.ts";

const DIRECTIONS = ["up", "down", "either"] as const;
const SIGNS = { up: "+", down: "-", either: "±" } as const;

const schema = lazy(() =>
  z
    .strictObject({
      measure: measureId().describe("the measure to check"),
      by: measureValue().optional().describe("the change must be more than this, in the unit of the measure"),
      percent: z
        .number()
        .positive("must be a percentage above 0")
        .max(1e6)
        .optional()
        .describe("the change must be more than this share of the earlier value; of 0 any change is"),
      within: duration(5_000, DAY_MS)
        .default(300_000)
        .describe("the value is compared with that of so long ago"),
      direction: z.enum(DIRECTIONS).default("either").describe("which changes count"),
      severity: severity("warning"),
      window: ownWindow(),
      min_samples: wholeTicks()
        .optional()
        .describe(
          "minimum samples in the window; with fewer the condition does not hold; default: any number",
        ),
      ...commonOptions(),
    })
    .superRefine(({ by, percent }, context) => {
      const problem = (path: string[], message: string) =>
        context.addIssue({ code: "custom", path, message });
      if ((by === undefined) === (percent === undefined)) problem([], "needs either by or percent");
      if (by !== undefined && by <= 0) problem(["by"], "must be above 0; use direction for falling values");
    }),
);

type Options = z.output<ReturnType<typeof schema>>;

/**
 * A measure has changed by more than an amount or a percentage, compared with its value `within` ago: the newest
 * value that is at least so old. Until there is one the condition does not hold.
 */
export const change: RuleKind<Options> = {
  kind: "CHANGE",
  description: "A measure has risen or fallen quickly.",
  get schema() {
    return schema();
  },
  example: { kind: "CHANGE", measure: "request_rate", percent: 50, within: "2m", direction: "down" },
  applies: (kind, { measure }) => measureOf(kind, measure) !== undefined,
  measures: ({ measure }) => [measure],
  severities: (options) => [options.severity],
  condition(options, target) {
    const { by, percent, direction, within } = options;
    const amount =
      by === undefined ? `${percent}%` : shownLimit(measureOf(target?.kind, options.measure), by);
    return `${measuredText(options)} ${SIGNS[direction]}${amount} within ${durationText(within)}`;
  },
  hold: (options) => holdOf(options),
  evaluate(reading, options, memory) {
    const { entity, at } = reading;
    const past = memory.get<PastValues>(entity) ?? memory.of(entity, () => new PastValues(options.within));
    const value = readValue(reading, options);
    const before = past.before(at);
    past.note(at, value);
    const difference = value - before;
    const limit = options.by ?? (Math.abs(before) * options.percent!) / 100;
    const isCounted =
      options.direction === "either" || (options.direction === "up" ? difference > 0 : difference < 0);
    if (!isCounted || !(Math.abs(difference) > limit)) return undefined;
    if (hasFewSamples(reading, options, options.min_samples)) return undefined;
    const measure = measureOf(reading.kind, options.measure)!;
    const share = before === 0 ? "" : ` (${((difference / before) * 100).toFixed(0)}%)`;
    const shown = `${measuredText(options)}=${shownValue(measure, value)}`;
    const was = `${shownValue(measure, before)} ${durationText(options.within)} ago`;
    return {
      severity: options.severity,
      measure: options.measure,
      value,
      limit: before + Math.sign(difference) * limit,
      message: `${entity}: ${shown}, ${difference > 0 ? "up" : "down"} from ${was}${share}`,
    };
  },
  promql: (options, scope) => changeInPromql(scope, options),
};
