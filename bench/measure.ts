/** Small tools for benchmarks: medians of several runs, and plain lines. */

/** The median of `runs` results, after one run that only warms up. */
export function median(runs: number, measure: () => number): number {
  measure();
  const results = Array.from({ length: runs }, measure).sort((a, b) => a - b);
  return results[runs >> 1]!;
}

/** How long `fn` takes, ms. */
export function elapsed(fn: () => void): number {
  const start = performance.now();
  fn();
  return performance.now() - start;
}

/** A line of a table: a name, and numbers with their units. */
export function line(name: string, ...values: readonly string[]): void {
  console.log(`  ${name.padEnd(44)}${values.map((value) => value.padStart(14)).join("")}`);
}

/** Keeps a result alive, so that the work that made it cannot be optimised away. */
let sink = 0;
export function keep(value: number): void {
  sink += value;
  if (sink === 1e300) console.log(sink);
}
