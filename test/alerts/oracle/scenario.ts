import type { Sample } from "../../../src/alerts/trial/series-notation.ts";
import type { Rule } from "../../../src/alerts/types.ts";
import type { Labels } from "../../../src/core/metric.ts";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { someRules } from "./some-rules.ts";

export interface OracleEntity {
  readonly name: string;
  readonly labels: Labels;
  /** By measure, one sample for each step. */
  readonly samples: Readonly<Record<string, readonly Sample[]>>;
}

/** Rules, series, and the instants at which both machines are compared. Time begins at 0, ms. */
export interface Scenario {
  readonly stepMs: number;
  readonly evaluationMs: number;
  /** When our machine evaluates: all evaluations, or some of them (ticks were missed). */
  readonly ticks: readonly number[];
  readonly rules: readonly Rule[];
  readonly entities: readonly OracleEntity[];
}

/** Measures of services: of each unit with another base unit, and a count of samples. */
export const MEASURES = ["p99", "cpu", "request_rate", "latencies"] as const;
/** Whole numbers from 0 to below this. */
export const VALUES = 10;
const EVALUATIONS = 48;
/** How far Prometheus looks back for a sample, ms (its default). */
const LOOKBACK_MS = 300_000;

/** The scenario of a seed. */
export function scenarioOf(seed: number): Scenario {
  const random = createRandom(seed, "oracle");
  const missesTicks = random.chance(0.25);
  const evaluationMs = pick(random, [500, 1_000, 2_000, 7_000, 15_000, 30_000]);
  // Several samples between two evaluations: all but the last are never seen.
  const stepMs = missesTicks ? evaluationMs : evaluationMs / pick(random, [1, 1, 2, 4]);
  const evaluations = Array.from({ length: EVALUATIONS }, (_, nth) => nth * evaluationMs);
  const ticks = missesTicks ? evaluations.filter((at) => at === 0 || random.chance(0.6)) : evaluations;
  const steps = ((EVALUATIONS - 1) * evaluationMs) / stepMs + 1;
  const entities = Array.from({ length: 1 + below(random, 4) }, (_, nth) => ({
    name: `entity-${nth}`,
    labels: someLabels(random),
    samples: Object.fromEntries(
      MEASURES.map((measure) => {
        const samples = someSamples(random, steps, stepMs);
        return [measure, missesTicks ? heldBetween(samples, ticks, stepMs) : samples];
      }),
    ),
  }));
  return { stepMs, evaluationMs, ticks, rules: someRules(random, evaluationMs, missesTicks), entities };
}

/** The same names as in rules, whose labels win in both machines. */
export function someLabels(random: Random): Labels {
  const labels: Record<string, string> = {};
  for (const name of ["team", "zone", "tier"]) {
    if (random.chance(0.5))
      labels[name] = pick(random, ["a", "b", 'quoted "value"', "back\\slash", "ümlaut"]);
  }
  return labels;
}

/** Runs of values, so that holds of several evaluations are met; between them gaps of both sorts. */
function someSamples(random: Random, steps: number, stepMs: number): Sample[] {
  const samples: Sample[] = [];
  const longest = Math.floor(LOOKBACK_MS / stepMs) - 1;
  const perEvaluation = steps / EVALUATIONS;
  while (samples.length < steps) {
    const length = 1 + below(random, Math.max(1, Math.round(6 * perEvaluation)));
    const value = random.chance(0.12) ? "stale" : below(random, VALUES);
    samples.push(value);
    for (let nth = 1; nth < length; nth++) samples.push(random.chance(0.3) && nth < longest ? "_" : value);
  }
  return samples.slice(0, steps);
}

/** What Prometheus sees between two of our ticks is what the earlier one saw. */
function heldBetween(samples: readonly Sample[], ticks: readonly number[], stepMs: number): Sample[] {
  return samples.map((_, step) => {
    const tick = ticks.findLast((at) => at <= step * stepMs)!;
    const from = tick / stepMs;
    const seen = samples.slice(0, from + 1).findLast((sample) => sample !== "_");
    return seen ?? "stale";
  });
}

/** What an instant query reads: the newest sample, for as long as Prometheus looks back. NaN: none. */
export function valueAt({ stepMs }: Scenario, samples: readonly Sample[], at: number): number {
  const last = Math.floor(at / stepMs);
  for (let step = last; step >= 0 && at - step * stepMs < LOOKBACK_MS; step--) {
    const sample = samples[step]!;
    if (sample === "stale") return Number.NaN;
    if (sample !== "_") return sample;
  }
  return Number.NaN;
}

/** A whole number from 0 to below `end`. */
export function below(random: Random, end: number): number {
  return Math.floor(random.next() * end);
}

export function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[below(random, choices.length)]!;
}
