import type { Labels } from "../../../src/core/metric.ts";
import { createRandom, type Random } from "../../../src/core/random.ts";

/** A random rule: a threshold on one metric. Times are ms. */
export interface OracleRule {
  readonly name: string;
  readonly metric: string;
  readonly direction: "above" | "below";
  readonly limit: number;
  readonly forMs: number;
  readonly keepFiringMs: number;
  readonly labels: Labels;
}

/** A sample; `_` none was taken, so that the last one counts; `stale` the series has ended until the next one. */
export type Sample = number | "_" | "stale";

export interface OracleEntity {
  readonly name: string;
  readonly labels: Labels;
  /** By metric, one sample for each step. */
  readonly samples: Readonly<Record<string, readonly Sample[]>>;
}

/** Rules, series, and the instants at which both machines are compared. Time begins at 0, ms. */
export interface Scenario {
  readonly stepMs: number;
  readonly evaluationMs: number;
  /** When our machine evaluates: all evaluations, or some of them (ticks were missed). */
  readonly ticks: readonly number[];
  readonly rules: readonly OracleRule[];
  readonly entities: readonly OracleEntity[];
}

const METRICS = ["p99", "cpu", "availability"] as const;
const EVALUATIONS = 48;
const RULES = 12;
/** How far Prometheus looks back for a sample, ms (its default), and a margin to stay away from the edge. */
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
  const entities = Array.from({ length: 1 + below(random, 3) }, (_, nth) => ({
    name: `entity-${nth}`,
    labels: someLabels(random),
    samples: Object.fromEntries(
      METRICS.map((metric) => {
        const samples = someSamples(random, steps, stepMs);
        return [metric, missesTicks ? heldBetween(samples, ticks, stepMs) : samples];
      }),
    ),
  }));
  const rules = Array.from({ length: RULES }, (_, nth) => {
    const rule = someRule(random, `RULE_${nth}`, evaluationMs);
    // Prometheus counts from an evaluation that our machine missed: there the two cannot agree.
    return missesTicks ? { ...rule, keepFiringMs: 0 } : rule;
  });
  return { stepMs, evaluationMs, ticks, rules, entities };
}

function someRule(random: Random, name: string, evaluationMs: number): OracleRule {
  /** Multiples of the evaluation interval and times between them, often none. */
  const time = () => Math.round(evaluationMs * pick(random, [0, 0, 0.5, 1, 1, 1.3, 2, 2.9, 3, 5, 8]));
  return {
    name,
    metric: pick(random, METRICS),
    direction: random.chance(0.5) ? "above" : "below",
    limit: below(random, 9),
    forMs: time(),
    keepFiringMs: time(),
    labels: random.chance(0.5) ? {} : someLabels(random),
  };
}

/** Labels of rules win over those of the series, in both machines: the same names on both sides. */
function someLabels(random: Random): Labels {
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
    const value = random.chance(0.12) ? "stale" : below(random, 10);
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
