/** Small tools for benchmarks: medians of several runs, and times. */

/** The middle one; NaN of none. */
export function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** The median of `runs` results, after one run that only warms up. */
export function median(runs: number, measure: () => number): number {
  return interleaved(runs, [measure])[0]!;
}

/**
 * The median of `runs` results of each, after one round that only warms up. In each round all have their
 * turn, so that a noisy neighbour on a shared machine is everybody's.
 */
export function interleaved(runs: number, measures: readonly (() => number)[]): number[] {
  for (const measure of measures) measure();
  const rounds = Array.from({ length: runs }, () => measures.map((measure) => measure()));
  return measures.map((_, nth) => middle(rounds.map((round) => round[nth]!)));
}

/** How long `fn` takes, ms. */
export function elapsed(fn: () => void): number {
  const start = performance.now();
  fn();
  return performance.now() - start;
}

/** Keeps a result alive, so that the work that made it cannot be optimised away. */
let sink = 0;
export function keep(value: number): void {
  sink += value;
  if (sink === 1e300) console.log(sink);
}
