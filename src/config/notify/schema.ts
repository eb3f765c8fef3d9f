import { z } from "zod";
import type { Catalog } from "../../catalog/catalog.ts";
import { SEVERITIES } from "../../core/alert.ts";
import { lazy } from "../../core/lazy.ts";
import { list } from "../../core/list.ts";
import { isTimeZone } from "../../core/local-time.ts";
import { entityName } from "../../core/names.ts";
import { DAY_MS, duration, HOUR_MS, MINUTE_MS, WEEK_MS } from "../../core/quantity.ts";
import { matchersSchema } from "../matchers-schema.ts";
import { createChannelSchema } from "./channel-schema.ts";

/** Times are those of Alertmanager, ms. */
export const ROUTE_DEFAULTS = {
  match: [] as string[],
  of: "alerts" as const,
  group_by: ["entity"],
  group_interval: 5 * MINUTE_MS,
  repeat_interval: 4 * HOUR_MS,
  continue: false,
  escalate: [],
};

export const MAX_RECEIVERS = 1000;
export const MAX_MEMBERS = 200;

const names = (most: number) => list(entityName(), most, { problem: "must be a list of names" });

/** Names of receivers; at least one. */
const receiverNames = lazy(() => names(100).min(1, "must name at least one receiver"));

/** A value for all severities, or one for each of some. */
function bySeverity<Value extends z.ZodType>(value: Value, problem: string) {
  const each = z.strictObject({
    page: value.optional().describe("of pages"),
    critical: value.optional().describe("of critical alerts"),
    warning: value.optional().describe("of warnings"),
  });
  return z.union([value, each], { error: problem });
}

const QUIET_HOURS = /^([01]?\d|2[0-3]):[0-5]\d-([01]?\d|2[0-3]):[0-5]\d$/;
const QUIET_PROBLEM = 'must be two times of day, such as "22:00-07:00"';

const receiver = lazy(() =>
  z.strictObject({
    name: entityName().describe("unique name of a person or team, up to 40 characters"),
    timezone: z
      .string()
      .refine(isTimeZone, "must be an IANA time zone, such as Europe/Berlin or UTC")
      .optional()
      .describe("time zone of quiet_hours; default: the one of this machine"),
    quiet_hours: z
      .string({ error: QUIET_PROBLEM })
      .regex(QUIET_HOURS, QUIET_PROBLEM)
      .refine((text) => new Set(text.split("-")).size === 2, "must end at another time than it begins")
      .optional()
      .describe("when only critical alerts and pages are sent, such as 22:00-07:00"),
    enabled: z.boolean().default(true).describe("false: opted out, nothing is sent"),
    channels: bySeverity(names(20), "must be a list of channels, or a map of severities to such lists")
      .prefault({})
      .describe("names of channels for each severity, or one list for all"),
    members: names(MAX_MEMBERS)
      .prefault([])
      .describe("of a team: names of other receivers, which are told too"),
    digest: z
      .strictObject({
        every: duration(1000, DAY_MS)
          .default(15 * MINUTE_MS)
          .describe("time between two digests"),
        severities: list(z.enum(SEVERITIES).exclude(["page"]), 2)
          .min(1)
          .prefault(["warning"])
          .describe("severities that are collected; a page never is"),
      })
      .optional()
      .describe("collect alerts and send them as one notification at intervals"),
  }),
);

const LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/;
const GROUP_PROBLEM = 'must be a list of label names, or ["..."] for all labels';

function route(catalog: Catalog) {
  const wait = duration(0, HOUR_MS);
  return z.strictObject({
    match: z
      .union([matchersSchema(), list(matchersSchema(), 20)])
      .prefault(ROUTE_DEFAULTS.match)
      .describe('matchers as in Alertmanager, such as severity="page", team=~"pay.*"; default: all alerts'),
    kinds: list(z.enum([...catalog.entities.keys()]), 100)
      .min(1)
      .optional()
      .describe("only alerts of entities of these kinds; default: all"),
    of: z
      .enum(["alerts", "incidents"])
      .default(ROUTE_DEFAULTS.of)
      .describe("notify about single alerts, or about incidents with all of their alerts"),
    receivers: receiverNames().describe("names of the receivers to notify"),
    group_by: list(z.union([z.literal("..."), z.string().regex(LABEL, GROUP_PROBLEM)]), 10, {
      problem: GROUP_PROBLEM,
    })
      .prefault(ROUTE_DEFAULTS.group_by)
      .describe('alerts with equal values of these labels share a notification; ["..."]: no grouping'),
    group_wait: bySeverity(wait, "must be a duration, such as 30s, or a map of severities to durations")
      .optional()
      .describe("how long a new group waits for more alerts; default: 30s, a page 5s"),
    group_interval: duration(1000, DAY_MS)
      .default(ROUTE_DEFAULTS.group_interval)
      .describe("how long changes of a group wait after its last notification"),
    repeat_interval: duration(1000, WEEK_MS)
      .default(ROUTE_DEFAULTS.repeat_interval)
      .describe("when a group that still fires and has not changed is sent again"),
    continue: z.boolean().default(ROUTE_DEFAULTS.continue).describe("also try the routes after this one"),
    escalate: list(
      z.strictObject({
        after: duration(1000, WEEK_MS)
          .optional()
          .describe("time from the first notification; default: 5m, then 15m, then 15m more each"),
        to: receiverNames().describe("names of the receivers to notify"),
      }),
      10,
    )
      .prefault(ROUTE_DEFAULTS.escalate)
      .describe("who is notified when nobody acknowledges, in rising order of time"),
  });
}

/** The section `notify` of a config. */
export function createNotifySchema(catalog: Catalog) {
  return z.strictObject({
    channels: list(createChannelSchema(catalog), 100, {
      problem: "must be a list of channels, such as - { name: bell, kind: terminal }",
    })
      .prefault([])
      .describe("how notifications are sent"),
    receivers: list(receiver(), MAX_RECEIVERS, {
      problem: "must be a list of receivers, such as - { name: alice }",
    })
      .prefault([])
      .describe("people and teams"),
    routes: list(route(catalog), 500, { problem: "must be a list of routes, such as - receivers: [alice]" })
      .optional()
      .describe("which alerts are sent to whom; default: all to every receiver that is in no team"),
  });
}

/** The section with the defaults of the schema. Times in ms. */
export type NotifyFile = z.output<ReturnType<typeof createNotifySchema>>;
