import { stringify } from "yaml";
import { RuleSet } from "../../../src/alerts/evaluate.ts";
import { AlertLifecycle } from "../../../src/alerts/lifecycle.ts";
import { exportRules } from "../../../src/alerts/promql/export.ts";
import { catalog } from "../../../src/catalog/index.ts";
import { loadRegexEngine } from "../../../src/core/regex.ts";
import { service } from "../../../src/kinds/service.ts";
import type { EntityReading } from "../../../src/measures/reading.ts";
import type { Run } from "./files.ts";
import { type OracleEntity, type Scenario, valueAt } from "./scenario.ts";

await loadRegexEngine();

/** The part of a life cycle that is compared. */
export type Machine = Pick<AlertLifecycle, "evaluate" | "alerts">;

/** Runs our rules and our life cycle over a scenario. */
export function runOf(scenario: Scenario, machine: Machine = new AlertLifecycle()): Run {
  const rules = new RuleSet(scenario.rules, catalog.rules);
  const labels = new Map(scenario.entities.map((entity) => [entity.name, entity.labels]));
  const context = {
    whyExpired: () => undefined,
    whyFrozen: () => undefined,
    labelsOf: (name: string) => ({ ...labels.get(name)!, kind: service.kind }),
  };
  return new Map(
    scenario.ticks.map((at) => {
      const readings = scenario.entities.map((entity) => readingOf(scenario, entity, at));
      const { instances, problems } = rules.evaluate(readings, at);
      if (problems.length > 0) throw new Error(problems[0]!.problem);
      machine.evaluate(at, instances, context);
      return [at, machine.alerts()];
    }),
  );
}

function readingOf(scenario: Scenario, { name, labels, samples }: OracleEntity, at: number): EntityReading {
  const values = Object.entries(samples).map(
    ([measure, each]) => [measure, valueAt(scenario, each, at)] as const,
  );
  return {
    entity: name,
    kind: service,
    labels,
    at,
    windowMs: 60_000,
    values: Object.fromEntries(values),
    limits: {},
    lastSeenAt: at,
    lifeSigns: [],
    watchedSince: 0,
    gaps: [],
    cadenceMs: scenario.stepMs,
    staleAfterMs: undefined,
  };
}

/** The rule file of a scenario: what `rules export` writes. */
export function ruleFileOf({ rules, entities, evaluationMs }: Scenario): string {
  const { file, differences } = exportRules({
    rules,
    ruleKinds: catalog.rules,
    entityKinds: catalog.entities,
    entities: entities.map(({ name, labels }) => ({
      name,
      labels,
      kind: service.kind,
      limits: {},
      windowMs: 60_000,
    })),
    kinds: {},
    tickMs: evaluationMs,
  });
  const wrong = [...differences].flatMap(([rule, sentences]) =>
    [...sentences]
      .filter((each) => !/became for:|applies to no entity/.test(each))
      .map((each) => `${rule}: ${each}`),
  );
  if (wrong.length > 0) throw new Error(`the scenario must be exact: ${wrong.join("; ")}`);
  return stringify(file, { lineWidth: 0 });
}
