import type { Alert } from "../core/alert.ts";
import type { Snapshot } from "../monitor/types.ts";
import { type ExportedAlert, exportedAlerts } from "./alerts-report.ts";
import { type Cell, csvText } from "./csv.ts";

/** The columns in their order; new ones are added at the end. The same names as the keys of the JSON. */
const COLUMNS = [
  "fingerprint",
  "rule",
  "entity",
  "severity",
  "state",
  "message",
  "measure",
  "started_at",
  "fires_at",
  "fired_at",
  "resolved_at",
  "occurrences",
  "acknowledged_by",
  "acknowledged_at",
  "silenced_by",
  "silenced_until",
  "suppressed_by_incident",
  "flapping",
  "folded",
  "labels",
  "annotations",
] as const satisfies readonly (keyof ExportedAlert)[];

/** The alerts as CSV with a heading, one line each; labels and annotations as JSON objects. */
export function alertsCsv(alerts: readonly Alert[], snapshot: Snapshot): string {
  const cell = (value: ExportedAlert[keyof ExportedAlert]): Cell =>
    typeof value === "object" && value !== null ? JSON.stringify(value) : value;
  const rows = exportedAlerts(alerts, snapshot).map((alert) => COLUMNS.map((column) => cell(alert[column])));
  return csvText(COLUMNS, rows);
}
