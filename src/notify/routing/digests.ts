import type { Severity } from "../../core/alert.ts";
import type { NotifiedAlert } from "../../core/notification.ts";
import type { ReceiverConfig } from "../settings.ts";
import { isUrgent } from "./audience.ts";
import { compose } from "./compose.ts";
import type { Desk } from "./group.ts";
import { quietUntil } from "./quiet-hours.ts";

/** Whether alerts of this severity are collected for a receiver. A page never is. */
export function isCollected({ digest }: ReceiverConfig, severity: Severity): boolean {
  return severity !== "page" && digest !== undefined && digest.severities.includes(severity);
}

/** Adds alerts to the digest of a receiver and channel; the first one starts its interval. */
export function collect(
  { memory }: Desk,
  receiver: ReceiverConfig,
  channel: string,
  alerts: readonly NotifiedAlert[],
  now: number,
): void {
  if (alerts.length === 0) return;
  const key = JSON.stringify([receiver.name, channel]);
  const open = memory.get("digests", key);
  memory.set("digests", key, {
    since: open?.since ?? now,
    dueAt: open?.dueAt ?? now + receiver.digest!.everyMs,
    alerts: { ...open?.alerts, ...Object.fromEntries(alerts.map((alert) => [alert.fingerprint, alert])) },
  });
}

/** When the next digest is due, ms since the epoch; Infinity: none is open. */
export function nextDigestAt({ memory }: Desk): number {
  return memory
    .entries("digests")
    .reduce((next, [, { dueAt }]) => Math.min(next, dueAt), Number.POSITIVE_INFINITY);
}

/** Sends the digests that are due, each as one notification. In quiet hours they wait, and go on collecting. */
export function sendDigests(
  { memory, draft }: Desk,
  receivers: ReadonlyMap<string, ReceiverConfig>,
  now: number,
): void {
  for (const [key, digest] of memory.entries("digests")) {
    if (digest.dueAt > now) continue;
    const [name, channel] = JSON.parse(key) as [string, string];
    const receiver = receivers.get(name);
    const isOnlyWarnings = Object.values(digest.alerts).every(({ severity }) => !isUrgent(severity));
    const quiet = receiver !== undefined && isOnlyWarnings ? quietUntil(receiver, now) : undefined;
    if (quiet !== undefined) {
      memory.set("digests", key, { ...digest, dueAt: quiet });
      continue;
    }
    memory.set("digests", key, undefined);
    const notifications = compose({
      reason: "digest",
      receiver: name,
      channel,
      thread: ["digest", digest.since],
      transition: `digest ${digest.since}`,
      group: {},
      alerts: Object.values(digest.alerts),
      at: now,
    });
    if (receiver?.enabled === true) draft.send.push(...notifications);
    else {
      const why = receiver === undefined ? `${name} is not in the config any more` : `${name} has opted out`;
      draft.held.push(...notifications.map((notification) => ({ notification, why })));
    }
  }
}
