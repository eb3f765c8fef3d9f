import type { Random } from "../../../core/random.ts";

/** Standard deviation of the normal distribution, as a share of the mean. */
const NORMAL_DEVIATION = 0.25;
const LONGTAIL_SIGMA = 1;
const MIN_SHARE = 0.05;

/** The distributions of processing times; each function draws one time in ms. */
export const distributions = {
  exponential: (random: Random, meanMs: number) => random.exponential(meanMs),
  normal: (random: Random, meanMs: number) =>
    Math.max(MIN_SHARE * meanMs, random.normal(meanMs, NORMAL_DEVIATION * meanMs)),
  fixed: (_random: Random, meanMs: number) => meanMs,
  /** Log-normal with the given mean. */
  longtail: (random: Random, meanMs: number) =>
    meanMs * Math.exp(random.normal(-(LONGTAIL_SIGMA ** 2) / 2, LONGTAIL_SIGMA)),
} satisfies Record<string, (random: Random, meanMs: number) => number>;

export type Distribution = keyof typeof distributions;

export const distributionNames = Object.keys(distributions) as Distribution[];
