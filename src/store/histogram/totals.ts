/** Latencies are summed in whole units of 2^-20 ms (about 1 ns), so that sums can be undone without drift. */
export const SUM_UNITS_PER_MS = 2 ** 20;

/** Sums up to here are exact; beyond it, what was added cannot be subtracted without a trace. */
export const EXACT_SUM = Number.MAX_SAFE_INTEGER;

/** A sum of latencies in ms as whole units. */
export function toSumUnits(ms: number): number {
  return Math.round(ms * SUM_UNITS_PER_MS);
}

/** What happened within some slots, apart from the shape of the latencies. */
export class Totals {
  requests = 0;
  errors = 0;
  checks = 0;
  failedChecks = 0;
  /** Of all latencies, in units of 1 / SUM_UNITS_PER_MS. */
  sum = 0;
  /** ms; Infinity and -Infinity without requests. */
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;

  clear(): void {
    this.requests = 0;
    this.errors = 0;
    this.checks = 0;
    this.failedChecks = 0;
    this.sum = 0;
    this.min = Number.POSITIVE_INFINITY;
    this.max = Number.NEGATIVE_INFINITY;
  }

  add(other: Totals): void {
    this.requests += other.requests;
    this.errors += other.errors;
    this.checks += other.checks;
    this.failedChecks += other.failedChecks;
    this.sum += other.sum;
    if (other.min < this.min) this.min = other.min;
    if (other.max > this.max) this.max = other.max;
  }
}
