import type { ChannelHealth } from "../../core/notification.ts";
import { formatCount, formatCountdown, formatDuration, formatMs } from "../../core/text.ts";
import { NO_NOTIFICATIONS } from "../deliveries/delivery-text.ts";
import { fitText, type Line, type Role, span } from "../text/line.ts";
import { emptyRows, type Row, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import { cursorIndex } from "./cursor.ts";
import type { PanelKind } from "./types.ts";

const NAME = 14;
const BREAKER = 12;
/** Columns of numbers and their widths, with a gap before the longest heading. */
const NUMBERS = { queued: 6, sent: 6, failed: 7, ms: 6 } as const;

/** How the channels are doing: breaker, queue, latency; and what is collected for digests. */
export const channels: PanelKind = {
  kind: "channels",
  description: "channels: breaker with its countdown, queue, latency and problem; digests that are collected",
  title: ({ snapshot }) => {
    const all = snapshot.notifications?.channels ?? [];
    const open = all.filter(({ breaker }) => breaker !== "closed").length;
    return `channels: ${all.length}${open > 0 ? `, ${open} down` : ""}`;
  },
  items: ({ snapshot }) => (snapshot.notifications?.channels ?? []).map(({ name }) => name),
  paint(view, size, panel) {
    const { notifications } = view.snapshot;
    if (notifications === undefined) return emptyRows(NO_NOTIFICATIONS, size);
    const { channels: all, digests } = notifications;
    if (all.length === 0)
      return emptyRows("no channels: the config has none, or they are being opened", size);
    const focused = view.ui.focus === panel.id;
    const names = all.map(({ name }) => name);
    const cursor = cursorIndex(view, panel, names);
    const collected: Row[] = digests.map(({ receiver, channel, alerts, dueAt }) => ({
      line: [
        span("  digest ", "dim"),
        span(`${receiver} ${view.glyphs.arrow} ${channel}`),
        span(
          `  ${formatCount(alerts)} ${alerts === 1 ? "alert" : "alerts"}, in ${formatDuration(Math.max(1000, dueAt - view.at))}`,
          "dim",
        ),
      ],
    }));
    const height = Math.max(1, size.height - 1 - collected.length);
    const top = scrollTop(cursor, all.length, height);
    const rows = all.slice(top, top + height).map((channel, index): Row => {
      const isCursor = top + index === cursor;
      return { line: channelLine(view, channel, isCursor), selected: focused && isCursor };
    });
    return (size.height > 1 ? [{ line: HEADING }, ...rows, ...collected] : rows).slice(0, size.height);
  },
};

const right = (text: string, column: keyof typeof NUMBERS) => fitText(text, NUMBERS[column], "", "right");

const HEADING: Line = [
  span(`  ${fitText("channel", NAME + 1, "")}${fitText("breaker", BREAKER, "")}`, "dim"),
  ...Object.entries(NUMBERS).map(([name, width]) => span(fitText(name, width, "", "right"), "dim")),
];

function channelLine({ glyphs, at }: View, channel: ChannelHealth, isCursor: boolean): Line {
  const { name, kind, breaker, breakerUntil, queued, delivered, failed, latencyMs, problem } = channel;
  const state = breakerText(glyphs, breaker, breakerUntil === undefined ? undefined : breakerUntil - at);
  const latency = Number.isNaN(latencyMs) ? glyphs.dash : formatMs(latencyMs);
  const counts = [
    right(formatCount(queued), "queued"),
    right(formatCount(delivered), "sent"),
    right(formatCount(failed), "failed"),
  ];
  return [
    span(isCursor ? `${glyphs.selection} ` : "  ", "accent"),
    span(`${fitText(name, NAME, glyphs.ellipsis)} `),
    span(fitText(state.text, BREAKER, ""), state.role),
    span(counts.join("") + right(latency, "ms")),
    span(`  ${problem ?? kind}`, "dim"),
  ];
}

/** "closed", "open 0:12", "half-open". */
function breakerText(
  { health }: View["glyphs"],
  breaker: ChannelHealth["breaker"],
  leftMs: number | undefined,
): { readonly text: string; readonly role: Role } {
  if (breaker === "closed") return { text: `${health.healthy} closed`, role: "healthy" };
  if (breaker === "half-open") return { text: `${health.degraded} half-open`, role: "degraded" };
  return { text: `${health.critical} open ${formatCountdown(leftMs ?? 0)}`, role: "critical" };
}
