import type { Transition } from "../alerts/lifecycle.ts";
import type { Severity } from "../core/alert.ts";
import type { Health } from "../core/health.ts";
import { formatDuration } from "../core/text.ts";

const TONES: Readonly<Record<Severity, Health>> = { warning: "degraded", critical: "critical", page: "down" };

/** What the event log says of a step in an alert's life; an empty text for steps that are no news. */
export function describeTransition({ type, alert }: Transition): { text: string; tone: Health } {
  const { rule, service, severity, message } = alert;
  const numbers = message.replace(`${service}: `, "");
  switch (type) {
    case "fired":
      return { text: `${rule} fires on ${service} (${severity}): ${numbers}`, tone: TONES[severity] };
    case "escalated":
      return { text: `${rule} on ${service} rises to ${severity}: ${numbers}`, tone: TONES[severity] };
    case "resolved": {
      const lasted = formatDuration(alert.resolvedAt! - alert.startedAt);
      return { text: `${rule} resolved on ${service} after ${lasted}`, tone: "healthy" };
    }
    default:
      return { text: "", tone: "healthy" };
  }
}
