import type { Labels } from "../core/metric.ts";
import type { Notification, NotificationReason, NotifiedAlert } from "../core/notification.ts";
import { printable } from "../core/printable.ts";
import type { TemplateNames, TemplateValues } from "../core/template.ts";
import { common } from "./payload.ts";

/** More alerts are counted, not listed. */
const MAX_ALERTS = 50;

/** What a template of a channel can show, with a description for the docs and `describe`. */
export const TEXTS = {
  status: "FIRING, RESOLVED, STILL FIRING, ESCALATION, ACKNOWLEDGED, DIGEST or TEST",
  reason: "the same as a word: firing, resolved, repeat, escalation, acknowledged, digest or test",
  severity: "the highest of its alerts: page, critical or warning",
  subject: "what it is about, in a few words: the incident, or entity and rule, or how many alerts",
  entity: "the entity, or how many",
  rule: "the rule, or how many",
  message: "the message of the first alert",
  alerts: "all alerts, one line each; beyond 50 their number",
  firing: "how many alerts fire",
  resolved: "how many alerts are resolved",
  incident: "the title of the incident, if it is about one",
  acknowledged_by: "who acknowledged, if somebody did",
  level: "the escalation step, from 1; empty otherwise",
  receiver: "the name of the receiver",
  channel: "the name of the channel",
  time: "when it was made, in UTC",
  key: "the idempotency key, the same for every attempt",
} satisfies Readonly<Record<string, string>>;

export const MAPS = {
  labels: "a label that all alerts have in common, such as labels.team",
  annotations: "an annotation that all alerts have in common, such as annotations.runbook",
  group: "a label of the group, such as group.entity",
} satisfies Readonly<Record<string, string>>;

export const NAMES: TemplateNames = { texts: Object.keys(TEXTS), maps: Object.keys(MAPS) };

/** What stands in the place of alerts in a test. */
const TEST = "This is a test of the channel; no alert fires.";

const STATUS: Readonly<Record<NotificationReason, string>> = {
  firing: "FIRING",
  resolved: "RESOLVED",
  repeat: "STILL FIRING",
  escalation: "ESCALATION",
  acknowledged: "ACKNOWLEDGED",
  digest: "DIGEST",
  test: "TEST",
};

/** The values of the variables. Texts from outside, such as labels, become one printable line each. */
export function templateValues(notification: Notification): TemplateValues {
  const { reason, severity, alerts, incident, level, receiver, channel, createdAt, key } = notification;
  const firing = alerts.filter(({ state }) => state === "firing").length;
  const texts: Record<keyof typeof TEXTS, string> = {
    status: STATUS[reason],
    reason,
    severity,
    subject: subjectOf(notification),
    entity: oneOf(
      alerts.map(({ entity }) => entity),
      "entities",
    ),
    rule: oneOf(
      alerts.map(({ rule }) => rule),
      "rules",
    ),
    message: alerts[0] === undefined ? TEST : printable(alerts[0].message),
    alerts: reason === "test" ? TEST : alertLines(alerts).join("\n"),
    firing: String(firing),
    resolved: String(alerts.length - firing),
    incident: incident === undefined ? "" : printable(incident.title),
    acknowledged_by: printable(notification.acknowledgedBy ?? ""),
    level: level === 0 ? "" : String(level),
    receiver,
    channel,
    time: utc(createdAt),
    key,
  };
  const maps: Record<keyof typeof MAPS, Labels> = {
    labels: printableMap(common(alerts.map(({ labels }) => labels))),
    annotations: printableMap(common(alerts.map(({ annotations }) => annotations))),
    group: printableMap(notification.group),
  };
  return { ...texts, ...maps };
}

function subjectOf({ incident, alerts, reason }: Notification): string {
  if (incident !== undefined) return printable(incident.title);
  const [first] = alerts;
  if (reason === "test" || first === undefined) return "a test of this channel";
  if (alerts.length === 1) return printable(`${first.entity}: ${first.rule}`);
  const entities = new Set(alerts.map(({ entity }) => entity));
  const where = entities.size === 1 ? first.entity : `${entities.size} entities`;
  return printable(`${where}: ${alerts.length} alerts`);
}

/** The only value, or how many different ones there are. */
function oneOf(values: readonly string[], plural: string): string {
  const different = new Set(values);
  const [first = ""] = different;
  return different.size > 1 ? `${different.size} ${plural}` : printable(first);
}

function alertLines(alerts: readonly NotifiedAlert[]): string[] {
  const lines = alerts.slice(0, MAX_ALERTS).map(({ state, severity, message, rule, startsAt, endsAt }) => {
    const when = endsAt === undefined ? `since ${utc(startsAt)}` : `until ${utc(endsAt)}`;
    return printable(`${state === "resolved" ? "resolved" : severity}: ${message} (${rule}, ${when})`);
  });
  const more = alerts.length - lines.length;
  return more === 0 ? lines : [...lines, `and ${more} more`];
}

function printableMap(map: Labels): Labels {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, printable(value)]));
}

/** 2026-11-21 18:44:12 UTC */
function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
