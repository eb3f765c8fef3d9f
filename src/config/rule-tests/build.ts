import type { RuledFleet } from "../../alerts/ruled-fleet.ts";
import type { Expectation } from "../../alerts/trial/expectations.ts";
import type { RuleTest } from "../../alerts/trial/run-test.ts";
import { stepOf } from "../../alerts/trial/run-test.ts";
import { MOST_SAMPLES } from "../../alerts/trial/series-notation.ts";
import { formatCount } from "../../core/text.ts";
import { didYouMean } from "../did-you-mean.ts";
import { type Path, pathText } from "../sentences.ts";
import type { ConfigProblem } from "../types.ts";
import type { YamlFile } from "../yaml-file.ts";
import type { RuleTestsFile } from "./schema.ts";
import { readSeries } from "./series.ts";

/** An expectation, and where it stands in its file. */
export interface PlacedExpectation extends Expectation {
  readonly line: number;
  readonly column: number;
}

/** Evaluations of single entities in one file: some seconds of work. */
const MOST_EVALUATIONS = 1_000_000;

/** Reports a problem of the value at a path. */
export type Report = (path: Path, message: string) => void;

/** The tests of a file for the entities and rules of a fleet. @param add collects what is wrong */
export function buildTests(
  file: YamlFile,
  data: RuleTestsFile,
  fleet: RuledFleet,
  add: (problem: ConfigProblem) => void,
): readonly RuleTest<PlacedExpectation>[] {
  const report: Report = (path, message) => add(file.problemAt(path, `${pathText(path)} ${message}`));
  let evaluations = 0;
  return data.tests.map((test, nth) => {
    const path = ["tests", nth];
    const everyMs = test.interval ?? fleet.tickMs;
    const { entities, series } = readSeries(file, path, test.input_series, fleet, everyMs, add);
    const expectations = test.alert_rule_test.map(
      ({ eval_time: atMs, exp_alerts, ...about }, at): PlacedExpectation => {
        const place = [...path, "alert_rule_test", at];
        const names = [about, ...exp_alerts].map(({ alertname, entity }) => ({ alertname, entity }));
        for (const [which, named] of names.entries()) {
          const where = which === 0 ? place : [...place, "exp_alerts", which - 1];
          checkNames(named, where, fleet, new Set(entities.map(({ name }) => name)), report);
        }
        if (stepOf({ atMs }, everyMs) >= MOST_SAMPLES)
          report(
            [...place, "eval_time"],
            `is after more than ${formatCount(MOST_SAMPLES)} evaluations; use a longer interval`,
          );
        const { line, column } = file.problemAt(place, "");
        const alerts = exp_alerts.map(({ exp_labels: labels, exp_annotations: annotations, ...rest }) => ({
          ...rest,
          labels,
          annotations,
        }));
        return { ...about, atMs, alerts, line, column };
      },
    );
    const last = Math.max(...expectations.map((expected) => stepOf(expected, everyMs)));
    const before = evaluations;
    evaluations += (last + 1) * entities.length;
    if (before <= MOST_EVALUATIONS && evaluations > MOST_EVALUATIONS)
      report(
        path,
        `needs more than ${formatCount(MOST_EVALUATIONS)} evaluations with those before; write shorter tests`,
      );
    return { name: test.name ?? `test ${nth + 1}`, everyMs, entities, series, expectations };
  });
}

/** An expectation on what does not exist would always be met. */
function checkNames(
  { alertname, entity }: { readonly alertname?: string | undefined; readonly entity?: string | undefined },
  path: Path,
  { rules }: RuledFleet,
  entities: ReadonlySet<string>,
  report: Report,
): void {
  const names = new Set(rules.map(({ name }) => name));
  if (alertname !== undefined && !names.has(alertname))
    report([...path, "alertname"], `must name a rule, not "${alertname}"${didYouMean(alertname, names)}`);
  if (entity !== undefined && !entities.has(entity))
    report(
      [...path, "entity"],
      `must name an entity of the series, not "${entity}"${didYouMean(entity, entities)}`,
    );
}
