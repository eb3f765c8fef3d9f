import type { Alert } from "../../core/alert.ts";
import type { Rule, RuleKind } from "../types.ts";
import { type Expectation, type Verdict, verdictOn } from "./expectations.ts";
import type { Sample } from "./series-notation.ts";
import { type Step, Trial, type TrialEntity } from "./trial.ts";

/** The values of one measure of one entity, one for each evaluation from the beginning. */
export interface TestSeries {
  readonly entity: string;
  readonly measure: string;
  readonly samples: readonly Sample[];
}

/** A test of rules: what is observed, and what is expected. */
export interface RuleTest<Expected extends Expectation = Expectation> {
  readonly name: string;
  /** The time between two samples and two evaluations, ms. */
  readonly everyMs: number;
  readonly entities: readonly TrialEntity[];
  readonly series: readonly TestSeries[];
  readonly expectations: readonly Expected[];
}

/** What a test showed: a verdict for each expectation, in their order. */
export interface TestResult<Expected extends Expectation = Expectation> {
  readonly test: RuleTest<Expected>;
  readonly verdicts: readonly (Verdict & { readonly expected: Expected })[];
  /** Rules that threw. */
  readonly problems: readonly string[];
}

/** Evaluates the rules of a test until its last expectation. */
export function runTest<Expected extends Expectation>(
  test: RuleTest<Expected>,
  rules: readonly Rule[],
  ruleKinds: ReadonlyMap<string, RuleKind<unknown>>,
): TestResult<Expected> {
  const { everyMs, entities, series, expectations } = test;
  const trial = new Trial(rules, ruleKinds, entities, everyMs);
  const byEntity = Map.groupBy(series, ({ entity }) => entity);
  const wanted = new Set(expectations.map((expected) => stepOf(expected, everyMs)));
  const shown = new Map<number, readonly Alert[]>();
  const last = Math.max(-1, ...wanted);
  for (let step = 0; step <= last; step++) {
    const active = trial.step(step * everyMs, samplesAt(byEntity, step));
    if (wanted.has(step)) shown.set(step, active);
  }
  const verdicts = expectations.map((expected) => ({
    expected,
    ...verdictOn(expected, shown.get(stepOf(expected, everyMs))!),
  }));
  const problems = trial.problems.map(({ rule, entity, problem }) => `${rule} on ${entity}: ${problem}`);
  return { test, verdicts, problems };
}

/** The newest evaluation at an instant. */
export function stepOf({ atMs }: Pick<Expectation, "atMs">, everyMs: number): number {
  return Math.floor(atMs / everyMs);
}

function samplesAt(
  byEntity: ReadonlyMap<string, readonly TestSeries[]>,
  step: number,
): ReadonlyMap<string, Step> {
  const samples = new Map<string, Step>();
  for (const [entity, series] of byEntity) {
    samples.set(
      entity,
      Object.fromEntries(series.map(({ measure, samples }) => [measure, samples[step] ?? "_"])),
    );
  }
  return samples;
}
