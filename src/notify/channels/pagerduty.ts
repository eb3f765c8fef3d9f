import { hostname } from "node:os";
import { z } from "zod";
import type { Severity } from "../../core/alert.ts";
import { lazy } from "../../core/lazy.ts";
import type { Notification } from "../../core/notification.ts";
import { post } from "../http.ts";
import { httpUrl, secretText } from "../options.ts";
import { isoTime, payloadOf } from "../payload.ts";
import { fromEnv } from "../secrets.ts";
import { BODY, TITLE } from "../templates.ts";
import type { ChannelKind, Rendered } from "../types.ts";

const schema = lazy(() =>
  z.strictObject({
    routing_key: secretText().describe("integration key of the service (Events API v2)"),
    url: httpUrl()
      .default("https://events.pagerduty.com/v2/enqueue")
      .describe("endpoint for events; in Europe https://events.eu.pagerduty.com/v2/enqueue"),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;

type Action = "trigger" | "acknowledge" | "resolve";

const SEVERITY: Readonly<Record<Severity, string>> = {
  page: "critical",
  critical: "error",
  warning: "warning",
};

/** Longer ones are refused, characters. */
const MAX_SUMMARY = 1024;

/** An event (https://developer.pagerduty.com/docs/events-api-v2/trigger-events/). */
function eventOf(
  action: Action,
  routingKey: string,
  notification: Notification,
  rendered: Rendered,
): Record<string, unknown> {
  const event = { routing_key: routingKey, event_action: action, dedup_key: notification.groupKey };
  if (action !== "trigger") return event;
  const { alerts, severity, createdAt, group } = notification;
  return {
    ...event,
    client: "Faultline",
    payload: {
      summary: rendered.title.slice(0, MAX_SUMMARY),
      source: alerts[0]?.entity ?? hostname(),
      severity: SEVERITY[severity],
      timestamp: isoTime(alerts[0]?.startsAt ?? createdAt),
      ...(alerts[0] === undefined ? {} : { class: alerts[0].rule }),
      ...(group.team === undefined ? {} : { group: group.team }),
      custom_details: payloadOf(notification, rendered),
    },
  };
}

function actionOf({ reason, alerts }: Notification): Action {
  if (reason === "acknowledged") return "acknowledge";
  return alerts.length > 0 && alerts.every(({ state }) => state === "resolved") ? "resolve" : "trigger";
}

/** PagerDuty, and what accepts its Events API v2: one incident there for each group of alerts here. */
export const pagerduty: ChannelKind<Options> = {
  kind: "pagerduty",
  description:
    "Triggers, acknowledges and resolves an incident through PagerDuty's Events API v2, one for each group of alerts. " +
    "A test resolves its incident at once.",
  get schema() {
    return schema();
  },
  example: { name: "pager", kind: "pagerduty", routing_key: fromEnv("PAGERDUTY_KEY") },
  template: { title: TITLE, body: BODY },
  secrets: ["routing_key"],
  acknowledgements: true,
  preview: ({ routing_key }, notification, rendered) =>
    JSON.stringify(eventOf(actionOf(notification), routing_key, notification, rendered), null, 2),
  open: ({ routing_key, url }, { clock }) => ({
    async send(notification, rendered, signal) {
      const enqueue = (action: Action) =>
        post(
          { url, body: JSON.stringify(eventOf(action, routing_key, notification, rendered)) },
          signal,
          clock,
        );
      const result = await enqueue(actionOf(notification));
      return result.ok && notification.reason === "test" ? enqueue("resolve") : result;
    },
    close() {},
  }),
};
