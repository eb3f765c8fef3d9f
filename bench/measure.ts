/** Helpers for benchmarks: medians of several runs, and times. */

/** The median; NaN for an empty list. */
export function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** The median of `runs` results, after one warm-up run. */
export function median(runs: number, measure: () => number): number {
  return interleaved(runs, [measure])[0]!;
}

/**
 * The median of `runs` results of each, after one warm-up round. Each round runs all of them, so that noise
 * of a shared machine affects all equally.
 */
export function interleaved(runs: number, measures: readonly (() => number)[]): number[] {
  for (const measure of measures) measure();
  const rounds = Array.from({ length: runs }, () => measures.map((measure) => measure()));
  return measures.map((_, nth) => middle(rounds.map((round) => round[nth]!)));
}

/**
 * The CPU time of this thread that `fn` takes, ms: on a shared machine the time on the clock depends on the others.
 * The collection of garbage on other threads is not included.
 */
export function elapsed(fn: () => void): number {
  const before = process.threadCpuUsage();
  fn();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** Uses a result, so that its computation cannot be optimised away. */
let sink = 0;
export function keep(value: number): void {
  sink += value;
  if (sink === 1e300) console.log(sink);
}
