/** `count` of `of` values were beyond a limit. */
export interface Proportion {
  readonly count: number;
  readonly of: number;
}

/**
 * How sure a verdict must be, in standard deviations. One-sided, 2.5 means that a share exactly at its limit is taken
 * for one above it in 0.6 % of independent windows. Chosen by experiment (scripts/verdict-figures.ts): with 2, errors
 * at the limit start again soon after they ended twice as often; with 3, a fault is seen within 3 s in 89 % of runs
 * at 10 requests per second instead of 93 %.
 */
export const SURE = 2.5;

/** So many bad values are needed, unless all values are bad. */
export const LEAST_BAD = 3;

/**
 * Whether the true share is above `limit` (0..1): its lower confidence bound is, by the score interval of Wilson
 * (1927) with the continuity correction of Newcombe (Statistics in Medicine 17, 1998, method 4). The interval inverts
 * the score test, so the bound needs no root: count - 1/2 > n p + z sqrt(n p (1 - p)).
 */
export function isSurelyAbove(count: number, of: number, limit: number): boolean {
  if (of === 0 || (count < LEAST_BAD && count < of)) return false;
  return count - 0.5 > of * limit + SURE * deviation(of, limit);
}

/** Whether the true share is below `limit`: its upper confidence bound is. See `isSurelyAbove`. */
export function isSurelyBelow(count: number, of: number, limit: number): boolean {
  return count + 0.5 < of * limit - SURE * deviation(of, limit);
}

/** The standard deviation of the number of bad values of `of`, with a share of `share` (0..1). */
function deviation(of: number, share: number): number {
  return Math.sqrt(of * share * (1 - share));
}
