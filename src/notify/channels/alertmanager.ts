import { z } from "zod";
import type { Severity } from "../../core/alert.ts";
import { lazy } from "../../core/lazy.ts";
import { list } from "../../core/list.ts";
import type { Labels } from "../../core/metric.ts";
import type { Notification } from "../../core/notification.ts";
import { duration, HOUR_MS, MINUTE_MS } from "../../core/quantity.ts";
import { post } from "../http.ts";
import { headers, httpUrl } from "../options.ts";
import { annotationsOf, isoTime, labelsOf } from "../payload.ts";
import { sendToAll } from "../peers.ts";
import type { ChannelKind } from "../types.ts";

/** As Prometheus does it: an alert that is not sent again for so many intervals resolves by itself. */
const INTERVALS_VALID = 4;
/** For so long a resolved alert is sent along, in case a peer was away. */
const RESOLVED_FOR_MS = 15 * MINUTE_MS;
/** Alerts whose severity is remembered. */
const MAX_KNOWN = 10_000;

const schema = lazy(() =>
  z.strictObject({
    urls: list(httpUrl(), 10)
      .min(1)
      .describe("the addresses of all peers of the cluster, such as http://alertmanager:9093"),
    headers: headers().describe("request headers, by name"),
    resend: duration(1000, HOUR_MS).default(MINUTE_MS).describe("how often alerts that fire are sent again"),
    generator_url: httpUrl().optional().describe("link from an alert to its origin"),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;

/** An alert of https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
interface PostedAlert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** Label names as Alertmanager accepts them; labels without a value do not exist there. */
function accepted(labels: Labels): Labels {
  const entries = Object.entries(labels).filter(([name, value]) => name !== "" && value !== "");
  return Object.fromEntries(
    entries.map(([name, value]) => [name.replace(/\W/g, "_").replace(/^(?=\d)/, "_"), value]),
  );
}

function testAlert({ severity, channel }: Notification, now: number): PostedAlert {
  return {
    labels: { alertname: "FaultlineTest", severity, channel },
    annotations: { summary: "A test of this channel; it resolves by itself." },
    startsAt: isoTime(now),
    endsAt: isoTime(now + MINUTE_MS),
  };
}

/**
 * The alerts of a notification. With another severity an alert is another one for Alertmanager, so the one before is
 * ended.
 * @param known the severities that were sent last, by fingerprint
 */
function postedAlerts(
  { alerts }: Notification,
  known: ReadonlyMap<string, Severity>,
  resendMs: number,
  now: number,
): PostedAlert[] {
  return alerts.flatMap((alert) => {
    const { fingerprint, severity, startsAt, endsAt } = alert;
    const posted = (as: Severity, until: number): PostedAlert => ({
      labels: accepted({ ...labelsOf(alert), severity: as }),
      annotations: accepted(annotationsOf(alert)),
      startsAt: isoTime(startsAt),
      endsAt: isoTime(until),
    });
    const before = known.get(fingerprint) ?? severity;
    const ended = before === severity ? [] : [posted(before, now)];
    return [...ended, posted(severity, endsAt ?? now + INTERVALS_VALID * resendMs)];
  });
}

/** One Alertmanager or a cluster, which then groups, silences and notifies by its own config. */
export const alertmanager: ChannelKind<Options> = {
  kind: "alertmanager",
  description:
    "Sends alerts to every peer of an Alertmanager (API v2), again and again while they fire and for 15 minutes " +
    "after they have resolved.",
  get schema() {
    return schema();
  },
  example: { name: "am", kind: "alertmanager", urls: ["http://localhost:9093"] },
  template: { title: "{{ subject }}", body: "{{ alerts }}" },
  secrets: ["headers"],
  resend: ({ resend }) => ({ everyMs: resend, resolvedForMs: RESOLVED_FOR_MS }),
  preview({ resend }, notification) {
    const { reason, createdAt } = notification;
    const isTest = reason === "test";
    const alerts = isTest
      ? [testAlert(notification, createdAt)]
      : postedAlerts(notification, new Map(), resend, createdAt);
    return JSON.stringify(alerts, null, 2);
  },
  open({ urls, headers, resend, generator_url }, { clock }) {
    const endpoints = urls.map((url) => `${url.replace(/\/+$/, "")}/api/v2/alerts`);
    const known = new Map<string, Severity>();
    return {
      async send(notification, _rendered, signal) {
        const now = clock.now();
        const isTest = notification.reason === "test";
        const alerts = isTest
          ? [testAlert(notification, now)]
          : postedAlerts(notification, known, resend, now);
        const link = generator_url === undefined ? {} : { generatorURL: generator_url };
        const body = JSON.stringify(alerts.map((alert) => ({ ...alert, ...link })));
        const send = (url: string, limit: AbortSignal) => post({ url, headers, body }, limit, clock);
        const result = await sendToAll(endpoints, send, signal, clock);
        if (result.ok) remember(known, notification);
        return result;
      },
      close() {},
    };
  },
};

/** Forgets the oldest when there are too many. */
function remember(known: Map<string, Severity>, { alerts }: Notification): void {
  for (const { fingerprint, severity, state } of alerts) {
    known.delete(fingerprint);
    if (state === "firing") known.set(fingerprint, severity);
  }
  for (const [oldest] of known) {
    if (known.size <= MAX_KNOWN) break;
    known.delete(oldest);
  }
}
