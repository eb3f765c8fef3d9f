/**
 * Sums are kept in whole units of 2^-20 of the metric's own unit (about 1 ns where that is ms), so that they can
 * be subtracted without drift.
 */
export const SUM_UNITS = 2 ** 20;

/** Sums up to here are exact; beyond it, what was added cannot be subtracted exactly. */
export const EXACT_SUM = Number.MAX_SAFE_INTEGER;

/** A sum of values as whole units. */
export function toSumUnits(sum: number): number {
  return Math.round(sum * SUM_UNITS);
}

/** What happened within some slots, apart from the distribution. */
export class Totals {
  count = 0;
  /** Of all values, in units of 1 / SUM_UNITS. */
  sum = 0;
  /** Infinity and -Infinity without values. */
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;

  clear(): void {
    this.count = 0;
    this.sum = 0;
    this.min = Number.POSITIVE_INFINITY;
    this.max = Number.NEGATIVE_INFINITY;
  }

  add(other: Totals): void {
    this.count += other.count;
    this.sum += other.sum;
    if (other.min < this.min) this.min = other.min;
    if (other.max > this.max) this.max = other.max;
  }
}
