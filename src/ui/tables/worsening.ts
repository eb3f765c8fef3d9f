import type { Measure } from "../../core/measure.ts";

/** The maximum number of halvings of a loss, because a drop to zero would be infinitely many. */
const MAX_HALVINGS = 5;
/** Percentage points of a share that count as one doubling. */
const STEPS_PER_WHOLE = 10;

/**
 * How many steps `to` is worse than `from`; negative if better, NaN if one is unknown. A step is a doubling,
 * or ten percentage points of a share. Values below 1 (a millisecond, a message) are equal.
 */
export function stepsWorse({ unit, worse }: Measure, from: number, to: number): number {
  const direction = worse === "up" ? 1 : -1;
  if (unit === "ratio") return direction * (to - from) * STEPS_PER_WHOLE;
  if (unit === "percent") return direction * ((to - from) / 100) * STEPS_PER_WHOLE;
  return direction * Math.log2(Math.max(1, to) / Math.max(1, from));
}

/**
 * How much worse a measure became, at least 0: one point for each doubling, or for ten percentage points of
 * a share. If less is worse, and for a rate without a worse direction, one point for each halving, at most
 * 5. Improvements and unknown values give 0.
 */
export function worsening(measure: Measure, before: number, during: number): number {
  const isRate = measure.unit === "per_second" || measure.unit === "bytes_per_second";
  if (measure.worse === "none" && !isRate) return 0;
  if (measure.worse !== "up" && measure.unit !== "ratio" && measure.unit !== "percent")
    return Math.min(MAX_HALVINGS, positive(Math.log2(before / during)));
  return positive(stepsWorse(measure, before, during));
}

/** NaN, the result of unknown values, gives 0. */
function positive(value: number): number {
  return value > 0 ? value : 0;
}
