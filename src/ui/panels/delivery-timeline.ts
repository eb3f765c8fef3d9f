import type { Delivery } from "../../core/notification.ts";
import { formatDuration, formatMs, formatTime } from "../../core/text.ts";
import {
  aboutText,
  chosenDelivery,
  NO_NOTIFICATIONS,
  reasonText,
  stateStyle,
} from "../deliveries/delivery-text.ts";
import { type Line, span } from "../text/line.ts";
import { emptyRows } from "../text/rows.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** One delivery: what it tells, and every attempt to deliver it, oldest first. */
export const deliveryTimeline: PanelKind = {
  kind: "delivery-timeline",
  description: "the delivery at the cursor of the list: what it tells and every attempt, oldest first",
  title(view) {
    const delivery = chosenDelivery(view);
    if (delivery === undefined) return "attempts";
    const { receiver, channel } = delivery.notification;
    return `attempts: ${receiver} ${view.glyphs.arrow} ${channel}`;
  },
  paint(view, size) {
    const delivery = chosenDelivery(view);
    if (delivery === undefined)
      return emptyRows(view.snapshot.notifications ? "every attempt of a delivery" : NO_NOTIFICATIONS, size);
    return linesOf(view, delivery)
      .slice(0, size.height)
      .map((line) => ({ line }));
  },
};

function linesOf(view: View, delivery: Delivery): readonly Line[] {
  const { notification, attempts, state, why, nextAt, endedAt } = delivery;
  const { text, role } = stateStyle(view, state);
  const { glyphs } = view;
  const ending: Line =
    endedAt === undefined
      ? nextAt === undefined
        ? []
        : [
            span(`${formatTime(nextAt)} `, "dim"),
            span(`next attempt in ${formatDuration(Math.max(1000, nextAt - view.at))}`),
          ]
      : [span(`${formatTime(endedAt)} `, "dim"), span(text, role)];
  return [
    [span(text, role), span(why === undefined ? "" : `  ${why}`, "dim")],
    [
      span(`${formatTime(notification.createdAt)} `, "dim"),
      span(`queued: ${reasonText(notification)}, ${notification.severity}  `),
      span(aboutText(notification)),
    ],
    ...attempts.map(({ at, tookMs, problem, note }): Line => {
      const result = problem ?? note ?? "accepted";
      const sign = problem === undefined ? glyphs.resolved : glyphs.critical;
      return [
        span(`${formatTime(at)} `, "dim"),
        span(`${sign} `, problem === undefined ? "healthy" : "critical"),
        span(`${formatMs(tookMs)} ms  `, "dim"),
        span(result),
      ];
    }),
    ...(ending.length > 0 ? [ending] : []),
    [],
    ...notification.alerts.map(
      ({ state: alertState, severity, rule, entity, message }): Line => [
        span(
          `${alertState === "firing" ? severity : "resolved"} `,
          alertState === "firing" ? "critical" : "healthy",
        ),
        span(`${rule} `),
        span(message.startsWith(entity) ? message : `${entity}: ${message}`, "dim"),
      ],
    ),
    [],
    [span("key ", "dim"), span(notification.key, "dim")],
  ];
}
