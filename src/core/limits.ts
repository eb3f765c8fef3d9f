import { LEVELS, type Level, type Limits, type Measure, type Values } from "./measure.ts";

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
 * The worst level whose limit a value crosses; undefined within the limits.
 * @param values of the same entity, to check the required evidence of a level
 */
export function levelOf(
  measure: Measure,
  value: number,
  limits: Limits | undefined,
  values?: Values,
): Level | undefined {
  if (limits === undefined) return undefined;
  return LEVELS.findLast(
    (level) => isBeyond(measure, value, limits[level]) && hasEvidence(measure, level, values),
  );
}

/** Whether there is enough evidence for this level. */
export function hasEvidence({ evidence }: Measure, level: Level, values: Values | undefined): boolean {
  const least = evidence?.least[level];
  if (evidence === undefined || least === undefined || values === undefined) return true;
  return values[evidence.measure]! >= least;
}
