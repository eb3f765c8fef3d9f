import { LEVELS, type Level, type Limits, type Measure, type Values } from "./measure.ts";
import type { Unit } from "./metric.ts";
import { isSurelyAbove } from "./proportion.ts";

/** Whether a value is beyond a limit in the worse direction. False for NaN. */
export function isBeyond(
  { worse }: Pick<Measure, "worse">,
  value: number,
  limit: number | undefined,
): boolean {
  if (limit === undefined || worse === "none") return false;
  return worse === "up" ? value > limit : value < limit;
}

/**
 * The worst level whose limit a value crosses; undefined within the limits. For colours of values without a verdict
 * of their own; health and rules ask a LimitJudge.
 * @param values of the same entity, to check the required evidence of a level
 */
export function levelOf(
  measure: Measure,
  value: number,
  limits: Limits | undefined,
  values?: Values,
): Level | undefined {
  if (limits === undefined) return undefined;
  return LEVELS.findLast((level) => {
    const limit = limits[level];
    return (
      limit !== undefined &&
      isBeyond(measure, value, limit) &&
      hasEvidence(measure, level, values) &&
      (values === undefined || isShown(measure, limit, values))
    );
  });
}

/** Whether the counts behind a share show that it is beyond its limit. */
function isShown(measure: Measure, limit: number, values: Values): boolean {
  const { proportion } = measure;
  if (proportion === undefined) return true;
  return isSurelyAbove(values[proportion.of]!, values[proportion.to]!, allowedShare(measure, limit));
}

/** Whether there is enough evidence for this level. */
export function hasEvidence({ evidence }: Measure, level: Level, values: Values | undefined): boolean {
  const least = evidence?.least[level];
  if (evidence === undefined || least === undefined || values === undefined) return true;
  return values[evidence.measure]! >= least;
}

/** A share of bad values has recovered at this fraction of its limit. */
const SHARE_RECOVERY = 0.5;

/** A value has recovered at this fraction of its limit, by unit. Percentages and ratios are near their limits. */
const RECOVERY: Readonly<Record<Unit, number>> = {
  ms: 0.8,
  duration: 0.8,
  percent: 0.95,
  ratio: 0.95,
  per_second: 0.8,
  count: 0.8,
  bytes: 0.9,
  bytes_per_second: 0.8,
  factor: 0.8,
  none: 0.8,
};

/**
 * The value at which a level ends, on the better side of its limit, so that a value that stays near the limit does not
 * begin and end the level again and again. As configured, or a fraction of the limit by unit:
 * - a share of bad values (`proportion`): half of it, counted from the good end: 5 % -> 2.5 %, 95 % -> 97.5 %
 * - a value that is worse when it is higher: 500 ms -> 400 ms, cpu 85 % -> 80.75 %
 * - a state (`breach`) and a value that is worse when it is lower: the limit itself
 */
export function recoveryOf(measure: Measure, limits: Limits, level: Level): number {
  const own = limits[`${level}_recovery`];
  // A rule may have set a limit beyond the recovery value of the config.
  if (own !== undefined && !isBeyond(measure, own, limits[level])) return own;
  const { worse, unit, proportion, breach, top = 1 } = measure;
  const limit = limits[level]!;
  if (proportion !== undefined) {
    return worse === "up" ? limit * SHARE_RECOVERY : top - (top - limit) * SHARE_RECOVERY;
  }
  return worse === "down" || breach !== undefined ? limit : limit * RECOVERY[unit];
}

/** The share of bad values (0..1) that a limit allows, for a measure with a `proportion`. */
export function allowedShare({ worse, scale = 1 }: Pick<Measure, "worse" | "scale">, limit: number): number {
  return worse === "up" ? limit / scale : 1 - limit / scale;
}
