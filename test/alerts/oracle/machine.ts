import { stringify } from "yaml";
import type { RuleInstance } from "../../../src/alerts/evaluate.ts";
import { AlertLifecycle } from "../../../src/alerts/lifecycle.ts";
import type { Run } from "./files.ts";
import { type OracleRule, type Scenario, valueAt } from "./scenario.ts";

/** The part of a life cycle that is compared. */
export type Machine = Pick<AlertLifecycle, "evaluate" | "alerts">;

/** Runs our machine over a scenario. */
export function runOf(scenario: Scenario, machine: Machine = new AlertLifecycle()): Run {
  const { rules, entities, ticks } = scenario;
  const labels = new Map(entities.map(({ name, labels }) => [name, labels]));
  return new Map(
    ticks.map((at) => {
      const instances = rules.flatMap((rule) =>
        entities.map(({ name, samples }) =>
          instanceOf(rule, name, valueAt(scenario, samples[rule.metric]!, at)),
        ),
      );
      machine.evaluate(at, instances, {
        whyExpired: () => undefined,
        whyFrozen: () => undefined,
        labelsOf: (name) => labels.get(name)!,
      });
      return [at, machine.alerts()];
    }),
  );
}

function instanceOf(rule: OracleRule, entity: string, value: number): RuleInstance {
  const isBreach = rule.direction === "above" ? value > rule.limit : value < rule.limit;
  return {
    rule: rule.name,
    entity,
    labels: rule.labels,
    breach: isBreach ? { severity: "warning", message: `${value}` } : undefined,
    hold: { ticks: 1, ms: rule.forMs, keepFiringMs: rule.keepFiringMs },
  };
}

/** The rule file of a scenario. */
export function ruleFileOf({ rules }: Scenario): string {
  return stringify({
    groups: [
      {
        name: "oracle",
        rules: rules.map(({ name, metric, direction, limit, forMs, keepFiringMs, labels }) => ({
          alert: name,
          expr: `${metric} ${direction === "above" ? ">" : "<"} ${limit}`,
          for: `${forMs}ms`,
          keep_firing_for: `${keepFiringMs}ms`,
          labels,
        })),
      },
    ],
  });
}
