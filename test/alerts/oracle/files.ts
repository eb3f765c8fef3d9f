import { stringify } from "yaml";
import { inBaseUnits, seriesName } from "../../../src/alerts/promql/series.ts";
import type { Sample } from "../../../src/alerts/trial/series-notation.ts";
import type { Alert } from "../../../src/core/alert.ts";
import type { Labels } from "../../../src/core/metric.ts";
import { service } from "../../../src/kinds/service.ts";
import type { Scenario } from "./scenario.ts";

/** The alerts that a machine showed at each of the ticks of a scenario. */
export type Run = ReadonlyMap<number, readonly Alert[]>;

/** A test file of `promtool test rules`, and how many things it claims. */
export interface TestFile {
  readonly text: string;
  readonly assertions: number;
}

/**
 * The states of a run as expectations: at every tick, for every rule, all the series of `ALERTS` and of
 * `ALERTS_FOR_STATE`, and no other.
 */
export function testFileOf(scenario: Scenario, run: Run, ruleFile: string): TestFile {
  const names = new Set(scenario.rules.map(({ name }) => name));
  const expectations = [...names].flatMap((name) =>
    scenario.ticks.flatMap((at) => {
      const active = run
        .get(at)!
        .filter(({ rule, state }) => rule === name && (state === "pending" || state === "firing"));
      const query = (series: string, samples: readonly object[]) => ({
        expr: `${series}{alertname="${name}"}`,
        eval_time: `${at}ms`,
        exp_samples: samples,
      });
      return [
        query(
          "ALERTS",
          active.map(({ labels, severity, state }) => ({
            labels: seriesText("ALERTS", { ...labels, severity, alertstate: state }),
            value: 1,
          })),
        ),
        // In whole seconds, as Prometheus writes it.
        query(
          "ALERTS_FOR_STATE",
          active.map(({ labels, severity, startedAt }) => ({
            labels: seriesText("ALERTS_FOR_STATE", { ...labels, severity }),
            value: Math.floor(startedAt / 1_000),
          })),
        ),
      ];
    }),
  );
  const text = stringify(
    {
      rule_files: [ruleFile],
      evaluation_interval: `${scenario.evaluationMs}ms`,
      tests: [
        {
          interval: `${scenario.stepMs}ms`,
          input_series: scenario.entities.flatMap(({ name, labels, samples }) =>
            Object.entries(samples).map(([measure, values]) =>
              inPrometheus(measure, { ...labels, entity: name }, values),
            ),
          ),
          promql_expr_test: expectations,
        },
      ],
    },
    { aliasDuplicateObjects: false, lineWidth: 0 },
  );
  return { text, assertions: expectations.length };
}

/** `name{label="value"}` */
export function seriesText(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${pairs.join(",")}}`;
}

/** The series of a measure of a service, in base units. */
function inPrometheus(id: string, labels: Labels, samples: readonly Sample[]) {
  const measure = service.measures.find((each) => each.id === id)!;
  const values = samples.map((sample) =>
    typeof sample === "number" ? inBaseUnits(measure, sample) : sample,
  );
  return {
    series: seriesText(seriesName(measure), { ...labels, kind: service.kind }),
    values: values.join(" "),
  };
}
