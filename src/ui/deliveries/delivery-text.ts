import type { Delivery, DeliveryState, Notification } from "../../core/notification.ts";
import type { Role } from "../text/line.ts";
import type { View } from "../view.ts";

/** The id of the list whose cursor other panels follow. */
export const DELIVERIES = "deliveries";

/** The deliveries that are listed, newest first. */
export function deliveriesOf({ snapshot }: Pick<View, "snapshot">): readonly Delivery[] {
  return snapshot.notifications?.deliveries ?? [];
}

/** The delivery at the cursor of the list, else the newest. */
export function chosenDelivery(view: Pick<View, "snapshot" | "ui">): Delivery | undefined {
  const all = deliveriesOf(view);
  return all.find(({ notification }) => notification.key === view.ui.cursors[DELIVERIES]) ?? all[0];
}

const ROLES: Readonly<Record<DeliveryState, Role>> = {
  queued: "degraded",
  processing: "accent",
  delivered: "healthy",
  failed: "critical",
  suppressed: "dim",
};

/** The symbol, word and colour of a state. */
export function stateStyle(
  { glyphs }: Pick<View, "glyphs">,
  state: DeliveryState,
): { text: string; role: Role } {
  const signs: Readonly<Record<DeliveryState, string>> = {
    queued: glyphs.health.unknown,
    processing: glyphs.selection,
    delivered: glyphs.resolved,
    failed: glyphs.critical,
    suppressed: glyphs.middot,
  };
  const word = state === "processing" ? "sending" : state;
  return { text: `${signs[state]} ${word}`, role: ROLES[state] };
}

/** What a notification is about: "HIGH_LATENCY payment-service", "3 alerts, HIGH_LATENCY api first". */
export function aboutText({ alerts, incident, reason }: Notification): string {
  if (incident !== undefined) return incident.title;
  const [first] = alerts;
  if (first === undefined) return reason;
  const name = `${first.rule} ${first.entity}`;
  return alerts.length === 1 ? name : `${name} and ${alerts.length - 1} more`;
}

/** "escalation 1", "firing". */
export function reasonText({ reason, level }: Notification): string {
  return reason === "escalation" ? `escalation ${level}` : reason;
}

/** The message of a monitor that sends nothing. */
export const NO_NOTIFICATIONS =
  "nobody is notified: add channels, receivers and routes to the section notify of the config";
