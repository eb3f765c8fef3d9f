import { createHash } from "node:crypto";
import { SEVERITIES, type Severity } from "../../core/alert.ts";
import type { Labels } from "../../core/metric.ts";
import type { Notification, NotificationReason, NotifiedAlert } from "../../core/notification.ts";

/** More alerts are told in several notifications: recipients limit what one may contain. */
const MOST_ALERTS = 500;

/** What a notification tells, to whom, and why. */
export interface Letter {
  readonly reason: NotificationReason;
  readonly receiver: string;
  readonly channel: string;
  /** What joins the notifications of one group: a thread. */
  readonly thread: readonly unknown[];
  /** What distinguishes it from others about the same alerts: the number of a repeat, an escalation step. */
  readonly transition: string;
  readonly group: Labels;
  readonly incident?: { readonly id: number; readonly title: string } | undefined;
  readonly alerts: readonly NotifiedAlert[];
  readonly level?: number;
  readonly acknowledgedBy?: string;
  /** ms since the epoch */
  readonly at: number;
}

/** The notifications of a letter: one, unless there are very many alerts. */
export function compose(letter: Letter): readonly Notification[] {
  const { reason, receiver, channel, group, incident, acknowledgedBy, level = 0, at } = letter;
  const sorted = letter.alerts.toSorted(firingFirst);
  const parts = sorted.length === 0 ? [sorted] : chunks(sorted, MOST_ALERTS);
  const groupKey = sha256(["group", receiver, channel, ...letter.thread]);
  return parts.map((alerts) => ({
    key: keyOf(letter, alerts),
    groupKey,
    reason,
    severity: highest(alerts),
    receiver,
    channel,
    group,
    ...(incident === undefined ? {} : { incident }),
    alerts,
    level,
    ...(acknowledgedBy === undefined ? {} : { acknowledgedBy }),
    createdAt: at,
  }));
}

/** Stable across retries and restarts: nothing in it depends on when it is made or by which route. */
function keyOf({ receiver, channel, transition }: Letter, alerts: readonly NotifiedAlert[]): string {
  const told = alerts
    .map(({ fingerprint, startsAt, state, severity }) => [
      fingerprint,
      startsAt,
      state,
      state === "firing" ? severity : "",
    ])
    .map((parts) => parts.join(" "))
    .sort();
  return sha256([receiver, channel, transition, told]);
}

export function highest(alerts: readonly { readonly severity: Severity }[]): Severity {
  return alerts.reduce<Severity>(
    (most, { severity }) => (rank(severity) > rank(most) ? severity : most),
    "warning",
  );
}

export function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

function firingFirst(a: NotifiedAlert, b: NotifiedAlert): number {
  if (a.state !== b.state) return a.state === "firing" ? -1 : 1;
  return (
    rank(b.severity) - rank(a.severity) || a.startsAt - b.startsAt || (a.fingerprint < b.fingerprint ? -1 : 1)
  );
}

function chunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, nth) =>
    items.slice(nth * size, (nth + 1) * size),
  );
}

export function sha256(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
