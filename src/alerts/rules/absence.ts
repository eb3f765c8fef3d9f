import { z } from "zod";
import { durationText } from "../../core/duration.ts";
import { observedMs } from "../../core/gaps.ts";
import { lazy } from "../../core/lazy.ts";
import { addsUp } from "../../core/measure.ts";
import { DAY_MS, duration } from "../../core/quantity.ts";
import { formatDuration } from "../../core/text.ts";
import type { EntityReading } from "../../measures/reading.ts";
import { isStale, silenceMs } from "../../measures/silence.ts";
import { absenceInPromql } from "../promql/silence.ts";
import type { RuleMemory } from "../rule-memory.ts";
import { commonOptions, holdOf, measureId, severity } from "../rule-options.ts";
import type { Breach, RuleKind } from "../types.ts";
import { measureOf, readValue, shownValue } from "../value.ts";

const schema = lazy(() =>
  z.strictObject({
    measure: measureId()
      .optional()
      .describe(
        "the measure whose values are missing: without a value, or a rate or count of zero, of an entity that is seen; default: any data at all",
      ),
    missing_for: duration(1000, DAY_MS).describe(
      "how long it must be missing; at least 3 observations of the source",
    ),
    severity: severity("critical"),
    ...commonOptions(),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;

/** A source must miss this many observations before its data counts as missing. */
const MISSED_OBSERVATIONS = 3;

/** Since when a measure has been absent, ms since the epoch. */
interface Absent {
  readonly since: number;
}

/**
 * Nothing is observed of an entity; or, with a measure, the entity is seen and has no traffic: the rate or count is
 * zero, or there is no value. What nothing is known of does not count as without traffic: that is one alert, not two.
 */
export const absence: RuleKind<Options> = {
  kind: "ABSENCE",
  description: "Data of an entity, or its traffic, has been absent for too long.",
  get schema() {
    return schema();
  },
  example: { kind: "ABSENCE", measure: "request_rate", missing_for: "1m" },
  applies: (kind, { measure }) => measure === undefined || measureOf(kind, measure) !== undefined,
  judgesUnknown: (reading, { measure }) => measure === undefined || !isStale(reading),
  measures: ({ measure }) => (measure === undefined ? [] : [measure]),
  severities: (options) => [options.severity],
  condition: ({ measure, missing_for }) => `no ${measure ?? "data"} for ${durationText(missing_for)}`,
  hold: (options) => holdOf(options),
  evaluate(reading, options, memory) {
    return options.measure === undefined
      ? withoutData(reading, options)
      : withoutTraffic(reading, options, options.measure, memory);
  },
  promql: (options, scope) => absenceInPromql(scope, options),
};

function withoutData(reading: EntityReading, options: Options): Breach | undefined {
  const { entity, lastSeenAt } = reading;
  const silentMs = silenceMs(reading, lastSeenAt);
  if (silentMs < neededMs(reading, options)) return undefined;
  const what = lastSeenAt === undefined ? "never seen, watched" : "no data";
  return { severity: options.severity, message: `${entity}: ${what} for ${formatDuration(silentMs)}` };
}

function withoutTraffic(
  reading: EntityReading,
  options: Options,
  id: string,
  memory: RuleMemory,
): Breach | undefined {
  const { entity, at, gaps } = reading;
  const measure = measureOf(reading.kind, id)!;
  const value = readValue(reading, { measure: id });
  const isRate = addsUp(measure);
  if (!Number.isNaN(value) && !(isRate && value === 0)) {
    memory.forget(entity);
    return undefined;
  }
  // A window without traffic shows that there was none for so long.
  const since = Math.max(reading.watchedSince, isRate ? at - reading.windowMs : at);
  const absent = memory.of<Absent>(entity, () => ({ since }));
  const absentMs = observedMs(absent.since, at, gaps);
  if (absentMs < neededMs(reading, options)) return undefined;
  const shown = Number.isNaN(value) ? `no ${id}` : `${id}=${shownValue(measure, value)}`;
  return {
    severity: options.severity,
    measure: id,
    value,
    message: `${entity}: ${shown} for ${formatDuration(absentMs)}`,
  };
}

function neededMs({ cadenceMs, timeoutMs = 0 }: EntityReading, { missing_for }: Options): number {
  return Math.max(missing_for, MISSED_OBSERVATIONS * cadenceMs, cadenceMs + timeoutMs);
}
