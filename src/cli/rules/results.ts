import type { ExpectedAlert } from "../../alerts/trial/expectations.ts";
import type { TestResult } from "../../alerts/trial/run-test.ts";
import type { PlacedExpectation } from "../../config/rule-tests/build.ts";
import type { Alert } from "../../core/alert.ts";
import { durationText } from "../../core/duration.ts";
import type { Labels } from "../../core/metric.ts";
import { printable } from "../../core/printable.ts";

type Result = TestResult<PlacedExpectation>;

/** What is not as expected, actual beside expected, and how many expectations there were. */
export function textOfResults(file: string, results: readonly Result[]): string {
  const lines = results.flatMap(({ test, verdicts, problems }) => [
    ...verdicts
      .filter(({ passed }) => !passed)
      .flatMap(({ expected, actual }) => {
        const { line, column, atMs, alertname, entity, alerts } = expected;
        const about = [
          ...(alertname === undefined ? [] : [alertname]),
          ...(entity === undefined ? [] : [`on ${entity}`]),
        ];
        return [
          `${file}:${line}:${column}: ${[test.name, `at ${durationText(atMs)}`, ...about].join(", ")}`,
          ...listed(
            "expected",
            alerts.map((alert) => expectedText(alert, alertname, entity)),
          ),
          ...listed(
            "actual",
            actual.map((alert) => actualText(alert, alerts)),
          ),
        ];
      }),
    ...problems.map((problem) => `${file}: ${test.name}: a rule failed: ${problem}`),
  ]);
  const expectations = results.flatMap(({ verdicts }) => verdicts);
  const failed = expectations.filter(({ passed }) => !passed).length;
  const outcome = failed === 0 ? "all as expected" : `${failed} failed`;
  const summary = `${file}: ${counted(results.length, "test")}, ${counted(expectations.length, "expectation")}, ${outcome}`;
  return [...lines, summary].map((line) => `${printable(line)}\n`).join("");
}

function listed(title: string, alerts: readonly string[]): string[] {
  const texts = alerts.length === 0 ? ["no alert"] : alerts;
  return texts.map((text, nth) => `    ${(nth === 0 ? title : "").padEnd(8)}  ${text}`);
}

function expectedText(
  { state, severity, alertname, entity, labels, annotations }: ExpectedAlert,
  ofRule: string | undefined,
  ofEntity: string | undefined,
): string {
  const who = [alertname ?? ofRule ?? "any rule", "on", entity ?? ofEntity ?? "any entity"];
  return [
    state,
    ...(severity === undefined ? [] : [severity]),
    ...who,
    ...details(labels),
    ...details(annotations),
  ].join(" ");
}

/** With those labels and annotations that the expectation names. */
function actualText(
  { state, severity, rule, entity, message, labels, annotations, firesAt }: Alert,
  expected: readonly ExpectedAlert[],
): string {
  const named = (all: Labels, asked: readonly Labels[]) => {
    const names = new Set(asked.flatMap((each) => Object.keys(each)));
    return details(Object.fromEntries([...names].map((name) => [name, all[name] ?? ""])));
  };
  const fires = firesAt === undefined ? "" : `, fires at ${durationText(firesAt)}`;
  const parts = [
    `${state} ${severity} ${rule} on ${entity}`,
    ...named(
      labels,
      expected.map((each) => each.labels),
    ),
    ...named(
      annotations,
      expected.map((each) => each.annotations),
    ),
  ];
  return `${parts.join(" ")} (${message}${fires})`;
}

function details(texts: Labels): string[] {
  const pairs = Object.entries(texts).map(([name, text]) => `${name}=${JSON.stringify(text)}`);
  return pairs.length === 0 ? [] : [`{${pairs.join(", ")}}`];
}

function counted(count: number, singular: string): string {
  return `${count} ${singular}${count === 1 ? "" : "s"}`;
}

/** The same for programs: every expectation with what was expected and what was there. */
export function jsonOfResults(file: string, results: readonly Result[]): string {
  const tests = results.map(({ test, verdicts, problems }) => ({
    name: test.name,
    passed: problems.length === 0 && verdicts.every(({ passed }) => passed),
    problems,
    expectations: verdicts.map(({ expected, passed, actual }) => ({
      line: expected.line,
      column: expected.column,
      eval_time_ms: expected.atMs,
      alertname: expected.alertname ?? null,
      entity: expected.entity ?? null,
      passed,
      expected: expected.alerts.map(({ labels, annotations, ...alert }) => ({
        ...alert,
        exp_labels: labels,
        exp_annotations: annotations,
      })),
      actual: actual.map(({ rule, entity, state, severity, message, labels, annotations }) => ({
        alertname: rule,
        entity,
        state,
        severity,
        message,
        labels,
        annotations,
      })),
    })),
  }));
  const passed = tests.every((test) => test.passed);
  return `${JSON.stringify({ file, passed, tests }, null, 2)}\n`;
}
