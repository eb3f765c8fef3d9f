import type { Alert, AlertState, Severity } from "../../core/alert.ts";
import type { Labels } from "../../core/metric.ts";

/** An alert as a test expects it; what is absent is not compared. */
export interface ExpectedAlert {
  readonly alertname?: string | undefined;
  readonly entity?: string | undefined;
  readonly state: AlertState;
  readonly severity?: Severity | undefined;
  /** Some of its labels. */
  readonly labels: Labels;
  /** Some of its annotations. */
  readonly annotations: Labels;
}

/** All pending and firing alerts at an instant, or all of one rule or entity. */
export interface Expectation {
  /** ms since the beginning of the test */
  readonly atMs: number;
  readonly alertname?: string | undefined;
  readonly entity?: string | undefined;
  readonly alerts: readonly ExpectedAlert[];
}

/** What an expectation is about, as it is at that instant, and whether it is as expected. */
export interface Verdict {
  readonly passed: boolean;
  readonly actual: readonly Alert[];
}

/** Compares an expectation with the pending and firing alerts at its instant. */
export function verdictOn(expectation: Expectation, active: readonly Alert[]): Verdict {
  const { alertname, entity, alerts } = expectation;
  const actual = active.filter(
    (alert) =>
      (alertname === undefined || alert.rule === alertname) &&
      (entity === undefined || alert.entity === entity),
  );
  const left = [...actual];
  // The one that says most is the first to choose: the others may be content with what remains.
  const passed = alerts
    .toSorted((a, b) => detailsOf(b) - detailsOf(a))
    .every((expected) => {
      const found = left.findIndex((alert) => isAsExpected(alert, expected));
      if (found >= 0) left.splice(found, 1);
      return found >= 0;
    });
  return { passed: passed && left.length === 0, actual };
}

function detailsOf({ alertname, entity, severity, labels, annotations }: ExpectedAlert): number {
  const given = [alertname, entity, severity].filter((each) => each !== undefined);
  return given.length + Object.keys(labels).length + Object.keys(annotations).length;
}

function isAsExpected(alert: Alert, expected: ExpectedAlert): boolean {
  const { alertname = alert.rule, entity = alert.entity, severity = alert.severity } = expected;
  return (
    alertname === alert.rule &&
    entity === alert.entity &&
    severity === alert.severity &&
    expected.state === alert.state &&
    Object.entries(expected.labels).every(([name, value]) => (alert.labels[name] ?? "") === value) &&
    Object.entries(expected.annotations).every(([name, value]) => (alert.annotations[name] ?? "") === value)
  );
}
