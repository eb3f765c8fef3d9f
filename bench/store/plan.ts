/** How much is measured. */
export interface Plan {
  /** Timed runs of each thing, after one that warms up. */
  readonly runs: number;
  /** Latencies of a timed run. */
  readonly latencies: number;
  /** Timed queries of each contender. */
  readonly queries: number;
  /** Series of which the memory is measured. */
  readonly series: number;
  /** Seconds of the tick's run that are measured, after those that warm up. */
  readonly seconds: number;
  /** How often that run is done, all loads in turns. */
  readonly tickRuns: number;
}

export const FULL: Plan = {
  runs: 9,
  latencies: 2 ** 20,
  queries: 300,
  series: 200,
  seconds: 56,
  tickRuns: 3,
};
export const QUICK: Plan = { runs: 3, latencies: 2 ** 18, queries: 60, series: 40, seconds: 16, tickRuns: 1 };

/** A service in these benchmarks answers so many requests a second where nothing else is said. */
export const PER_SECOND = 2000;
/** So many latencies a series has when its memory, its answers and their errors are looked at: 50 s of them. */
export const SAMPLE = 100_000;
