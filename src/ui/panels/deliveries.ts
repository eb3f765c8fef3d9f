import type { Delivery } from "../../core/notification.ts";
import { formatCount, formatTime } from "../../core/text.ts";
import {
  aboutText,
  deliveriesOf,
  NO_NOTIFICATIONS,
  reasonText,
  stateStyle,
} from "../deliveries/delivery-text.ts";
import { fitText, type Line, span } from "../text/line.ts";
import { emptyRows, type Row, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import { cursorIndex } from "./cursor.ts";
import type { PanelKind } from "./types.ts";

const TIME = 8;
const STATE = 12;
const REASON = 12;
/** With less room the reason is left out. */
const WIDE = 76;
/** With less room the time is left out too. */
const MEDIUM = 60;

const keysOf = (view: View) => deliveriesOf(view).map(({ notification }) => notification.key);

/** What is sent to whom over which channel, with its state, newest first. */
export const deliveries: PanelKind = {
  kind: "deliveries",
  description:
    "deliveries, newest first: alert, receiver, channel and state, and why one waits or was not sent",
  title({ snapshot }) {
    const { notifications } = snapshot;
    if (notifications === undefined) return "deliveries";
    const { counts, duplicates } = notifications;
    const parts = Object.entries(counts)
      .filter(([state, count]) => count > 0 || state === "queued" || state === "delivered")
      .map(([state, count]) => `${formatCount(count)} ${state === "processing" ? "sending" : state}`);
    const dropped = duplicates > 0 ? [`${formatCount(duplicates)} duplicates dropped`] : [];
    return `deliveries: ${[...parts, ...dropped].join(", ")}`;
  },
  items: keysOf,
  entityOf: ({ snapshot }, item) =>
    snapshot.notifications?.deliveries.find(({ notification }) => notification.key === item)?.notification
      .alerts[0]?.entity,
  opens: (view) => (view.ui.view === "delivery" ? undefined : { type: "open-delivery" }),
  paint(view, size, panel) {
    const { notifications } = view.snapshot;
    if (notifications === undefined) return emptyRows(NO_NOTIFICATIONS, size);
    const problem: Row[] =
      notifications.problem === undefined
        ? []
        : [{ line: [span(`${view.glyphs.warning} ${notifications.problem}`, "degraded")] }];
    const all = deliveriesOf(view);
    if (all.length === 0) {
      const empty = emptyRows("nothing was sent yet: alerts that fire and resolve are listed here", size);
      return [...problem, ...empty].slice(0, size.height);
    }
    const focused = view.ui.focus === panel.id;
    const cursor = cursorIndex(view, panel, keysOf(view));
    const height = Math.max(1, size.height - problem.length);
    const top = scrollTop(cursor, all.length, height);
    const rows = all.slice(top, top + height).map((delivery, index): Row => {
      const isCursor = top + index === cursor;
      return { line: deliveryLine(view, delivery, size.width, isCursor), selected: focused && isCursor };
    });
    return [...problem, ...rows].slice(0, size.height);
  },
};

function deliveryLine(view: View, delivery: Delivery, width: number, isCursor: boolean): Line {
  const { glyphs } = view;
  const { notification, state, why, attempts } = delivery;
  const { text, role } = stateStyle(view, state);
  const quiet = state === "suppressed" ? "dim" : "text";
  const isWide = width >= WIDE;
  const to = `${glyphs.arrow} ${notification.receiver} ${glyphs.arrow} ${notification.channel}`;
  const tries = attempts.length > 1 ? `${attempts.length} tries, ` : "";
  const hasTime = width >= MEDIUM;
  const used = 2 + (hasTime ? TIME + 1 : 0) + STATE + 1 + (isWide ? REASON + 1 : 0);
  const about = Math.max(8, Math.floor((width - used) * (hasTime ? 0.36 : 0.45)));
  return [
    span(isCursor ? `${glyphs.selection} ` : "  ", "accent"),
    ...(hasTime ? [span(`${formatTime(notification.createdAt)} `, "dim")] : []),
    span(`${fitText(text, STATE, "")} `, role),
    ...(isWide ? [span(`${fitText(reasonText(notification), REASON, glyphs.ellipsis)} `, "dim")] : []),
    span(fitText(aboutText(notification), about, glyphs.ellipsis), quiet),
    span(` ${to}  `, quiet),
    span(why === undefined ? "" : `${tries}${why}`, "dim"),
  ];
}
