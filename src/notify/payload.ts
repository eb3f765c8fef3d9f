import type { Labels } from "../core/metric.ts";
import type { Notification, NotifiedAlert } from "../core/notification.ts";
import type { Rendered } from "./types.ts";

/** How Go writes the time of something that has not ended. */
const NEVER = "0001-01-01T00:00:00Z";

/** RFC 3339 in UTC. */
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}

/**
 * A notification as JSON: the payload of Alertmanager's webhooks, version 4
 * (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config), so that receivers for those understand
 * it, with more keys: `key`, `reason`, `severity`, `channel`, `title`, `body`, `level`, `createdAt`, and if known
 * `incident` and `acknowledgedBy`.
 */
export function payloadOf(notification: Notification, { title, body }: Rendered): Record<string, unknown> {
  const { alerts, incident, acknowledgedBy } = notification;
  const firing = alerts.some(({ state }) => state === "firing");
  return {
    version: "4",
    groupKey: notification.groupKey,
    truncatedAlerts: 0,
    status: firing || alerts.length === 0 ? "firing" : "resolved",
    receiver: notification.receiver,
    groupLabels: notification.group,
    commonLabels: common(alerts.map(labelsOf)),
    commonAnnotations: common(alerts.map(annotationsOf)),
    externalURL: "",
    alerts: alerts.map((alert) => ({
      status: alert.state,
      labels: labelsOf(alert),
      annotations: annotationsOf(alert),
      startsAt: isoTime(alert.startsAt),
      endsAt: alert.endsAt === undefined ? NEVER : isoTime(alert.endsAt),
      generatorURL: "",
      fingerprint: alert.fingerprint,
    })),
    key: notification.key,
    reason: notification.reason,
    severity: notification.severity,
    channel: notification.channel,
    level: notification.level,
    createdAt: isoTime(notification.createdAt),
    ...(incident === undefined ? {} : { incident }),
    ...(acknowledgedBy === undefined ? {} : { acknowledgedBy }),
    title,
    body,
  };
}

/** The labels of an alert, with its severity. */
export function labelsOf({ labels, severity }: NotifiedAlert): Labels {
  return { ...labels, severity };
}

/** The annotations of an alert; its message is the summary unless its rule has one. */
export function annotationsOf({ annotations, message }: NotifiedAlert): Labels {
  return { summary: message, ...annotations };
}

/** The entries that all maps have in common. */
export function common(maps: readonly Labels[]): Labels {
  const [first = {}, ...others] = maps;
  const shared = Object.entries(first).filter(([name, value]) =>
    others.every((each) => each[name] === value),
  );
  return Object.fromEntries(shared);
}
