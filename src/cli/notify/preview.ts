import { catalog } from "../../catalog/index.ts";
import type { Notification, NotifiedAlert } from "../../core/notification.ts";
import { printable } from "../../core/printable.ts";
import { rendererOf } from "../../notify/open-channel.ts";
import { createRedact } from "../../notify/redact.ts";
import { secretTexts } from "../../notify/secret-texts.ts";
import type { ChannelConfig } from "../../notify/settings.ts";

/** Longer lines of a preview are cut, characters. */
const MAX_LINE = 20_000;

/** What a channel would send about an alert, under a heading. References to secrets stay references. */
export function previewOf(channel: ChannelConfig, alert: NotifiedAlert, now: number): string {
  const kind = catalog.channels.get(channel.kind)!;
  const redact = createRedact(secretTexts(kind, channel.options).map(({ text }) => text));
  const notification = notificationOf(channel.name, alert, now);
  const rendered = rendererOf(channel, kind)(notification);
  const sent = kind.preview(channel.options, notification, rendered);
  const text = `${channel.name} (${channel.kind})\ntitle: ${rendered.title}\nbody:\n${rendered.body}\nsends:\n${sent}`;
  const [heading = "", ...lines] = redact(text).split("\n");
  return [heading, ...lines.map((line) => `  ${line}`)]
    .map((line) => printable(line, MAX_LINE).trimEnd())
    .join("\n");
}

function notificationOf(channel: string, alert: NotifiedAlert, now: number): Notification {
  return {
    key: "0".repeat(64),
    groupKey: "0".repeat(64),
    reason: alert.state,
    severity: alert.severity,
    receiver: "preview",
    channel,
    group: { entity: alert.entity },
    alerts: [alert],
    level: 0,
    createdAt: now,
  };
}
