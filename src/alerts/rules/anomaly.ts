import { z } from "zod";
import type { EntityKind } from "../../core/entity.ts";
import { lazy } from "../../core/lazy.ts";
import type { Measure } from "../../core/measure.ts";
import { duration, HOUR_MS, whole } from "../../core/quantity.ts";
import type { EntityReading } from "../../measures/reading.ts";
import { Baseline } from "../baseline.ts";
import { anomalyInPromql } from "../promql/anomalies.ts";
import { commonOptions, holdOf, measureId, ownWindow, severity, wholeTicks } from "../rule-options.ts";
import type { RuleKind } from "../types.ts";
import { hasFewSamples, measuredText, measureOf, readValue, shownValue } from "../value.ts";

const DIRECTIONS = ["worse", "up", "down", "either"] as const;

const schema = lazy(() =>
  z
    .strictObject({
      measure: measureId().describe("the measure to check"),
      z: z
        .number({ error: "must be a number of standard deviations from 1 to 100" })
        .min(1, "must be at least 1")
        .max(100, "must be at most 100")
        .default(3)
        .describe("standard deviations from the mean of the baseline that are an anomaly"),
      baseline: whole(5, 1_000).default(60).describe("values in the baseline"),
      min_baseline: whole(5, 1_000).default(20).describe("values after which the baseline is known"),
      every: duration(100, HOUR_MS)
        .optional()
        .describe(
          "a value is taken into the baseline this often; default: once per window, a gauge once per observation",
        ),
      direction: z
        .enum(DIRECTIONS)
        .default("worse")
        .describe("which values count; worse: the worse direction of the measure, or either"),
      severity: severity("warning"),
      window: ownWindow(),
      min_samples: wholeTicks()
        .optional()
        .describe(
          "minimum samples in the window; with fewer the condition does not hold; default: any number",
        ),
      ...commonOptions(),
    })
    .superRefine(({ baseline, min_baseline }, context) => {
      if (min_baseline <= baseline) return;
      const message = `needs a baseline of at least min_baseline, ${min_baseline}: it would never be known`;
      context.addIssue({ code: "custom", path: [], message });
    }),
);

type Options = z.output<ReturnType<typeof schema>>;

/**
 * A measure is far from its own recent past: |value - mean| / standard deviation (the z-score) of the last values is
 * more than `z`. A series that hardly varies counts as varying by 1 % of its mean, so after a constant 200 a value is an
 * anomaly from 206 on with z = 3; after nothing but zeros any other value is. What is anomalous joins the baseline only
 * when it has lasted for as many values as the baseline has.
 */
export const anomaly: RuleKind<Options> = {
  kind: "ANOMALY",
  description: "A measure is far from its own recent past (z-score).",
  get schema() {
    return schema();
  },
  example: { kind: "ANOMALY", measure: "p50", z: 4, min_samples: 20, for: "15s" },
  applies: (kind, { measure }) => measureOf(kind, measure) !== undefined,
  measures: ({ measure }) => [measure],
  severities: (options) => [options.severity],
  condition: (options) => `${measuredText(options)} over ${options.z} standard deviations from its past`,
  hold: (options) => holdOf(options),
  evaluate(reading, options, memory) {
    const measure = measureOf(reading.kind, options.measure)!;
    const isFew = hasFewSamples(reading, options, options.min_samples);
    const value = isFew ? Number.NaN : readValue(reading, options);
    const { entity } = reading;
    const past =
      memory.get<Baseline>(entity) ??
      memory.of(entity, () => new Baseline(options.baseline, options.min_baseline));
    const score = past.scoreOf(value);
    const side = score > options.z ? "up" : score < -options.z ? "down" : undefined;
    const isAnomaly = side !== undefined && counts(side, options.direction, measure);
    const { mean, spread } = past;
    past.take(reading.at, value, isAnomaly, everyMs(reading, options, measure));
    if (!isAnomaly) return undefined;
    const shown = `${measuredText(options)}=${shownValue(measure, value)}`;
    const far = Number.isFinite(score) ? `${Math.abs(score).toFixed(1)} standard deviations` : "far";
    const usual = `${shownValue(measure, mean)} ± ${shownValue(measure, spread)}`;
    return {
      severity: options.severity,
      measure: options.measure,
      value,
      limit: mean + (side === "up" ? options.z : -options.z) * spread,
      message: `${reading.entity}: ${shown} is ${far} ${side === "up" ? "above" : "below"} ${usual}`,
    };
  },
  promql(options, scope) {
    const measure = measureOf(scope.kind, options.measure)!;
    // How often the source observes is not part of an export.
    const cadenced = { ...scope, cadenceMs: scope.tickMs };
    return anomalyInPromql(scope, {
      ...options,
      everyMs: everyMs(cadenced, options, measure),
      up: counts("up", options.direction, measure),
      down: counts("down", options.direction, measure),
    });
  },
};

function counts(side: "up" | "down", direction: Options["direction"], { worse }: Measure): boolean {
  const wanted = direction === "worse" ? worse : direction;
  return wanted === side || wanted === "either" || wanted === "none";
}

/** Values of overlapping windows are nearly the same: their deviation would be too small. */
function everyMs(
  { kind, windowMs, cadenceMs }: Pick<EntityReading, "kind" | "windowMs" | "cadenceMs">,
  { every, window }: Options,
  measure: Measure,
): number {
  return every ?? (isGauge(kind, measure) ? cadenceMs : (window ?? windowMs));
}

function isGauge(kind: EntityKind, { read }: Measure): boolean {
  return read.type === "statistic" && kind.metrics.find(({ name }) => name === read.metric)?.type === "gauge";
}
