import type { Severity } from "../core/alert.ts";
import type { Health } from "../core/health.ts";
import { formatDuration } from "../core/text.ts";
import { MONITOR, type Transition } from "./transition-log.ts";

const TONES: Readonly<Record<Severity, Health>> = { warning: "degraded", critical: "critical", page: "down" };

/** The event log text for an alert transition; empty for transitions that are not logged. */
export function describeTransition({ type, alert, actor, reason }: Transition): {
  text: string;
  tone: Health;
} {
  const { rule, entity, severity, message } = alert;
  const numbers = message.replace(`${entity}: `, "");
  switch (type) {
    case "fired":
      return { text: `${rule} fires on ${entity} (${severity}): ${numbers}`, tone: TONES[severity] };
    case "escalated":
      return { text: `${rule} on ${entity} rises to ${severity}: ${numbers}`, tone: TONES[severity] };
    case "resolved": {
      const lasted = formatDuration(alert.resolvedAt! - alert.startedAt);
      if (actor !== MONITOR)
        return { text: `${rule} on ${entity} closed by ${actor} after ${lasted}`, tone: "healthy" };
      return { text: `${rule} resolved on ${entity} after ${lasted}`, tone: "healthy" };
    }
    case "expired":
      return { text: `${rule} on ${entity} expired: ${reason}`, tone: "unknown" };
    case "acknowledged":
    case "unacknowledged":
      return { text: `${rule} on ${entity} ${type} by ${actor}`, tone: "healthy" };
    case "silenced":
    case "unsilenced":
      return { text: `${rule} on ${entity} ${type}: ${reason}`, tone: "healthy" };
    case "suppressed":
      return { text: `${rule} on ${entity} suppressed: ${reason}`, tone: "healthy" };
    case "unsuppressed":
      return { text: `${rule} on ${entity} is not suppressed any more: ${reason}`, tone: "healthy" };
    case "flapping":
      return { text: `${rule} on ${entity} is flapping: ${reason}`, tone: "degraded" };
    case "steady":
      return { text: `${rule} on ${entity} does not flap any more`, tone: "healthy" };
    case "pending":
    case "gone":
      return { text: "", tone: "healthy" };
  }
}
