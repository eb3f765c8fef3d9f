import { createRandom } from "../src/core/random.ts";

/** Typical latency distributions, ms. Always the same numbers. */
export const SHAPES: Readonly<Record<string, (uniform: () => number, normal: () => number) => number>> = {
  lognormal: (_, normal) => 50 * Math.exp(0.5 * normal()),
  "Pareto 1.1": (uniform) => Math.min(3_600_000, 5 / (1 - uniform()) ** (1 / 1.1)),
  bimodal: (uniform, normal) =>
    uniform() < 0.97 ? Math.max(0.1, 20 + 4 * normal()) : 900 + 50 * Math.abs(normal()),
  constant: () => 42,
};

/** `count` latencies of a distribution, in order of arrival, ms. */
export function latencies(shape: string, count: number): Float64Array {
  const random = createRandom(7, shape);
  const draw = SHAPES[shape]!;
  return Float64Array.from({ length: count }, () => draw(random.next, () => random.normal(0, 1)));
}

/**
 * The exact percentile: the value of rank ceil(percent * n / 100), 1-based (nearest rank).
 * @param sorted rising, not empty
 */
export function nearestRank(sorted: Float64Array, percent: number): number {
  return sorted[Math.max(1, Math.ceil((percent * sorted.length) / 100)) - 1]!;
}

/** The latencies of each second of a service with the given request rate: views, not copies. */
export function seconds(all: Float64Array, perSecond: number): Float64Array[] {
  const count = Math.ceil(all.length / perSecond);
  return Array.from({ length: count }, (_, nth) => all.subarray(nth * perSecond, (nth + 1) * perSecond));
}
