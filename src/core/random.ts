import seedrandom from "seedrandom";

/** A stream of random numbers. Each simulated part has its own stream. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** True with the given probability 0..1. Always draws once, so that streams stay aligned. */
  chance(probability: number): boolean;
  /** Normally distributed (Box-Muller, polar form not needed: both tails matter more than speed). */
  normal(mean: number, deviation: number): number;
  /** Exponentially distributed with the given mean: the time between independent events. */
  exponential(mean: number): number;
}

/**
 * A stream that depends only on the seed and the name, so adding an entity does not change the numbers of others.
 */
export function createRandom(seed: number | string, name: string): Random {
  const uniform = seedrandom.alea(`${seed}/${name}`);
  return {
    next: uniform,
    chance: (probability) => uniform() < probability,
    normal: (mean, deviation) => {
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      return mean + deviation * radius * Math.cos(2 * Math.PI * uniform());
    },
    exponential: (mean) => -mean * Math.log(1 - uniform()),
  };
}
