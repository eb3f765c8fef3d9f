import { z } from "zod";
import { neverCloses, scheduleOf } from "../../alerts/maintenance/window.ts";
import { DEFAULT_ALERT_SETTINGS } from "../../alerts/settings.ts";
import { compileCron } from "../../core/cron.ts";
import { lazy } from "../../core/lazy.ts";
import { list } from "../../core/list.ts";
import { instantOf, isTimeZone } from "../../core/local-time.ts";
import { entityName } from "../../core/names.ts";
import { DAY_MS, duration, HOUR_MS, percentUpTo, whole } from "../../core/quantity.ts";
import { matchersSchema } from "../matchers-schema.ts";

const { flapping, perEntity } = DEFAULT_ALERT_SETTINGS;

/** Cron lines are tested from here on: a whole cycle of leap years and weekdays comes after any instant. */
const TESTED_FROM = Date.UTC(2024, 0, 1);

/** The section `alerts` of a config: what holds for all alerts. */
export const alertsSchema = lazy(() =>
  z.strictObject({
    flapping: z
      .strictObject({
        interval: duration(1000, HOUR_MS)
          .default(flapping.intervalMs)
          .describe("length of a slot; the last 20 slots are judged"),
        high: percentUpTo(100)
          .min(1, "must be a percentage from 1 to 100")
          .default(flapping.high)
          .describe("percentage of slots with a change, weighted, at which an alert starts to flap"),
        low: percentUpTo(100).default(flapping.low).describe("percentage at which it stops"),
      })
      .refine(({ high, low }) => low < high, { path: ["low"], error: "must be less than high" })
      .prefault({})
      .describe("when an alert that comes and goes is marked as flapping (as in Nagios)"),
    per_entity: whole(1, 1000)
      .default(perEntity)
      .describe("most alerts of one entity that are shown one by one; the others are folded"),
  }),
);

const window = lazy(() =>
  z
    .strictObject({
      name: entityName().describe("unique name, up to 40 characters"),
      match: z
        .union([matchersSchema(), list(matchersSchema(), 20)])
        .prefault([])
        .describe('matchers of the alerts to silence, such as team=~"pay.*"; default: all alerts'),
      from: z
        .string()
        .optional()
        .describe("when it opens, such as 2026-12-01T22:00; local time without an offset"),
      to: z.string().optional().describe("when it closes"),
      cron: z.string().optional().describe("when it opens, again and again: minute hour day month weekday"),
      duration: duration(1000, 14 * DAY_MS)
        .optional()
        .describe("with cron: how long it stays open"),
      timezone: z
        .string()
        .refine(isTimeZone, "must be an IANA time zone, such as Europe/Berlin or UTC")
        .optional()
        .describe("of from, to and cron; default: the one of this machine"),
      reason: z.string().max(200).default("").describe("why, for those who see the silence"),
    })
    .superRefine(checkTimes),
);

interface Times {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cron?: string | undefined;
  readonly duration?: number | undefined;
  readonly timezone?: string | undefined;
}

/** Either once, from and to, or again and again, cron and duration. */
function checkTimes(written: Times, context: z.RefinementCtx): void {
  // One that is unknown has its own message.
  const isKnown = written.timezone === undefined || isTimeZone(written.timezone);
  const times = isKnown ? written : { ...written, timezone: undefined };
  const issue = (path: keyof Times | undefined, message: string) =>
    context.addIssue({ code: "custom", message, ...(path === undefined ? {} : { path: [path] }) });
  const { from, to, cron, duration: lasts } = times;
  if (cron === undefined) {
    if (from === undefined && to === undefined) {
      issue(undefined, "must say when: from and to, or cron and duration");
      return;
    }
    if (lasts !== undefined) issue("duration", "belongs to cron; write to, the time when it closes");
    checkOneOff(times, issue);
    return;
  }
  if (from !== undefined || to !== undefined)
    issue(from === undefined ? "to" : "from", "cannot stand beside cron; use one of them");
  if (lasts === undefined) issue("duration", "must say how long it stays open, such as 1h");
  checkCron(cron, times, issue);
}

type Issue = (path: keyof Times, message: string) => void;

function checkOneOff({ from, to, timezone }: Times, issue: Issue): void {
  const [begin, end] = [from, to].map((text) => (text === undefined ? undefined : instantOf(text, timezone)));
  const problem = "must be a date and time, such as 2026-12-01T22:00 or 2026-12-01T22:00:00+01:00";
  if (begin === undefined) issue("from", problem);
  if (end === undefined) issue("to", problem);
  if (begin !== undefined && end !== undefined && end <= begin)
    issue("to", "must be later than from; the window would end before it begins");
}

function checkCron(cron: string, { duration: lasts, timezone }: Times, issue: Issue): void {
  try {
    if (compileCron(cron, timezone).after(TESTED_FROM) === undefined) {
      issue("cron", `never comes: no date matches "${cron}"`);
      return;
    }
  } catch (error) {
    issue("cron", error instanceof Error ? error.message : String(error));
    return;
  }
  if (lasts === undefined) return;
  const zone = timezone === undefined ? {} : { timeZone: timezone };
  const schedule = scheduleOf({ when: { cron, durationMs: lasts, ...zone } });
  if (neverCloses(schedule, TESTED_FROM))
    issue("duration", "must be shorter than the time between two openings; the window would never close");
}

/** The section `maintenance` of a config. */
export const maintenanceSchema = lazy(() =>
  list(window(), 100, {
    problem: "must be a list of windows, such as - { name: backup, cron: 0 2 * * *, duration: 1h }",
  }).superRefine((windows, { addIssue }) => {
    const names = windows.map(({ name }) => name);
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) === index) continue;
      addIssue({ code: "custom", path: [index, "name"], message: `"${name}" is taken; use another name` });
    }
  }),
);

export type AlertsFile = z.output<ReturnType<typeof alertsSchema>>;
export type MaintenanceFile = z.output<ReturnType<typeof maintenanceSchema>>;
