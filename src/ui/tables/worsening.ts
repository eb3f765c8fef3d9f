import type { Measure } from "../../core/measure.ts";

/** A loss counts as at most this many halvings: nothing left at all would be infinitely many. */
const MOST_HALVINGS = 5;
/** Ten percentage points of a share count as one doubling. */
const STEPS_PER_WHOLE = 10;

/**
 * How many steps worse `to` is than `from`; negative where it is better, NaN where one is not known. A step is a
 * doubling, or ten percentage points of a share. Below 1 (a millisecond, a message) nothing is distinguished.
 */
export function stepsWorse({ unit, worse }: Measure, from: number, to: number): number {
  const direction = worse === "up" ? 1 : -1;
  if (unit === "ratio") return direction * (to - from) * STEPS_PER_WHOLE;
  if (unit === "percent") return direction * ((to - from) / 100) * STEPS_PER_WHOLE;
  return direction * Math.log2(Math.max(1, to) / Math.max(1, from));
}

/**
 * How much worse a measure became, 0 for not at all: one point for each doubling, or for ten percentage points
 * of a share. Where less is worse, and for a rate where neither is, a point for each halving, at most 5. What
 * got better counts as nothing, and so does what is not known.
 */
export function worsening(measure: Measure, before: number, during: number): number {
  const isRate = measure.unit === "per_second" || measure.unit === "bytes_per_second";
  if (measure.worse === "none" && !isRate) return 0;
  if (measure.worse !== "up" && measure.unit !== "ratio" && measure.unit !== "percent")
    return Math.min(MOST_HALVINGS, positive(Math.log2(before / during)));
  return positive(stepsWorse(measure, before, during));
}

/** NaN, which every unknown leads to, counts as nothing. */
function positive(value: number): number {
  return value > 0 ? value : 0;
}
