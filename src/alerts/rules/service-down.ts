import { z } from "zod";
import { durationText } from "../../core/duration.ts";
import { lazy } from "../../core/lazy.ts";
import { DAY_MS, duration } from "../../core/quantity.ts";
import { formatDuration } from "../../core/text.ts";
import { judgeOnce } from "../../measures/limit-judge.ts";
import type { EntityReading } from "../../measures/reading.ts";
import { isStale, silenceMs } from "../../measures/silence.ts";
import { crossingBreach, crossingOf, limitCondition, limitSeverities } from "../limit.ts";
import { silenceInPromql } from "../promql/silence.ts";
import { commonOptions, holdOf } from "../rule-options.ts";
import type { RuleKind } from "../types.ts";

const MEASURE = "availability";

const schema = lazy(() =>
  z.strictObject({
    missing_for: duration(0, DAY_MS)
      .default(5_000)
      .describe(
        "how long signs of life may be missing; at least 3 observations of the source, or one interval and the timeout of a probe",
      ),
    ...commonOptions(),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;

const NOTHING: readonly string[] = [];

/** A slow source must miss this many observations before a sign of life counts as missing. */
const MISSED_OBSERVATIONS = 3;

/**
 * Expected signs of life are missing (heartbeats, passing health checks, or any data at all), or too few
 * health checks pass.
 */
export const serviceDown: RuleKind<Options> = {
  kind: "SERVICE_DOWN",
  description: "Heartbeats or passing health checks have been missing for too long, or too many checks fail.",
  get schema() {
    return schema();
  },
  example: { kind: "SERVICE_DOWN", missing_for: "10s" },
  applies: () => true,
  // Its checks say nothing any more, and it has not been silent for long enough yet: that is unknown to this rule, too.
  judgesUnknown: (reading, options) => missingSigns(reading, options).length > 0 || !isStale(reading),
  measures: () => [MEASURE],
  // Signs of life page as well as its limit.
  severities: () => ["page"],
  condition: ({ missing_for }, target) => {
    const checks =
      limitSeverities(MEASURE, {}, target).length === 0 ? [] : [limitCondition(MEASURE, {}, target)];
    return [`no sign of life for ${durationText(missing_for)}`, ...checks].join(", or ");
  },
  hold: (options) => holdOf(options),
  evaluate(reading, options, memory) {
    const missing = missingSigns(reading, options);
    // Where a measure already shows that it is down, the alert of that measure is enough.
    if (missing.length > 0 && !isDownByMeasure(reading)) {
      return { severity: "page", measure: MEASURE, message: `${reading.entity}: ${missing.join(", ")}` };
    }
    const crossing = crossingOf(reading, MEASURE, { limits: {} }, memory);
    return crossing && crossingBreach(reading.entity, crossing);
  },
  promql: ({ missing_for }, scope) => silenceInPromql(scope, missing_for, MEASURE),
};

/** Whether another measure than availability is beyond its limit for down, with an alert of its own. */
function isDownByMeasure(reading: EntityReading): boolean {
  return reading.kind.measures.some((measure) => {
    const { id, alert } = measure;
    if (id === MEASURE || alert === undefined) return false;
    const { crossings, limits } = reading;
    const judged =
      crossings === undefined ? judgeOnce(reading, measure, limits[id]).crossing : crossings.get(id);
    return judged?.level === "down";
  });
}

/** The expected signs of life that have been missing for too long. */
function missingSigns(reading: EntityReading, { missing_for }: Options): readonly string[] {
  const { cadenceMs, timeoutMs = 0 } = reading;
  // A slow answer is not a missing one until its time is over.
  const limitMs = Math.max(missing_for, MISSED_OBSERVATIONS * cadenceMs, cadenceMs + timeoutMs);
  const { lifeSigns, lastSeenAt } = reading;
  // Nearly always all is well: that costs nothing.
  const isWell =
    lifeSigns.length > 0
      ? lifeSigns.every((sign) => silenceMs(reading, sign.lastSeenAt) < limitMs)
      : silenceMs(reading, lastSeenAt) < limitMs;
  if (isWell) return NOTHING;
  return signsOfLife(reading)
    .map((sign) => ({ sign, silentMs: silenceMs(reading, sign.lastAt) }))
    .filter(({ silentMs }) => silentMs >= limitMs)
    .map(({ sign, silentMs }) => `${sign.absence} for ${formatDuration(silentMs)}`);
}

interface SignOfLife {
  readonly absence: string;
  /** ms since the epoch */
  readonly lastAt: number | undefined;
}

/** The signs of life to expect: only those seen or requested before. */
function signsOfLife({ lifeSigns, lastSeenAt }: EntityReading): SignOfLife[] {
  if (lifeSigns.length > 0) {
    return lifeSigns.map(({ name, lastSeenAt: lastAt }) => ({ absence: `no ${name}`, lastAt }));
  }
  if (lastSeenAt !== undefined) return [{ absence: "no data", lastAt: lastSeenAt }];
  return [{ absence: "never seen, watched", lastAt: undefined }];
}
