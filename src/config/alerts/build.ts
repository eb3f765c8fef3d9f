import type { MaintenanceWindow } from "../../alerts/maintenance/window.ts";
import type { AlertSettings } from "../../alerts/settings.ts";
import { instantOf } from "../../core/local-time.ts";
import { parseMatchers } from "../../core/matchers.ts";
import type { AlertsFile, MaintenanceFile } from "./schema.ts";

/** Builds the section `alerts` of a valid file. */
export function buildAlerts({ flapping, per_entity }: AlertsFile): AlertSettings {
  const { interval, high, low } = flapping;
  return { flapping: { intervalMs: interval, high, low }, perEntity: per_entity };
}

/** Builds the section `maintenance` of a valid file. */
export function buildMaintenance(file: MaintenanceFile): readonly MaintenanceWindow[] {
  return file.map(({ name, match, reason, ...times }) => ({
    name,
    matchers: [match].flat().flatMap(parseMatchers),
    reason,
    when: timesOf(times),
  }));
}

function timesOf({
  from = "",
  to = "",
  cron,
  duration = 0,
  timezone,
}: Pick<
  MaintenanceFile[number],
  "from" | "to" | "cron" | "duration" | "timezone"
>): MaintenanceWindow["when"] {
  if (cron === undefined) return { from: instantOf(from, timezone)!, to: instantOf(to, timezone)! };
  return { cron, durationMs: duration, ...(timezone === undefined ? {} : { timeZone: timezone }) };
}
