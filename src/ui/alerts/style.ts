import type { Alert, Severity } from "../../core/alert.ts";
import type { Incident } from "../../core/incident.ts";
import { formatCountdown } from "../../core/text.ts";
import type { Role } from "../text/line.ts";
import type { View } from "../view.ts";

/** The symbol, words and colour of an alert or an incident. */
export interface AlertStyle {
  readonly sign: string;
  /** Its state: "firing", "pending 0:12", "acknowledged". */
  readonly state: string;
  /** For narrow columns: the severity while it is firing, else its state. */
  readonly word: string;
  readonly role: Role;
}

type Context = Pick<View, "glyphs" | "snapshot">;

const SEVERITY_ROLES = { warning: "degraded", critical: "critical", page: "down" } as const;

export function isActive({ state }: Alert): boolean {
  return state === "pending" || state === "firing";
}

/** Explained, silenced or folded: it is listed and counted, but asks for nobody's attention. */
export function isQuiet({ silencedBy, suppressedBy, folded }: Alert): boolean {
  return silencedBy !== undefined || suppressedBy !== undefined || folded;
}

/** Firing, and nobody has said or found a reason to leave it alone. */
export function isLoud(alert: Alert): boolean {
  return alert.state === "firing" && !isQuiet(alert);
}

export function severityRole(severity: Severity): Role {
  return SEVERITY_ROLES[severity];
}

/** A page is white on red in a narrow column; a whole line or a number of it is only red. */
export function plainRole(role: Role): Role {
  return role === "down" ? "critical" : role;
}

/** A symbol for each severity, so that it is never shown by colour alone. */
export function severitySign({ glyphs }: Pick<View, "glyphs">, severity: Severity): string {
  if (severity === "warning") return glyphs.warning;
  return severity === "page" ? glyphs.health.down : glyphs.critical;
}

/** What ended or asks for no attention is dim. */
export function alertStyle(view: Context, alert: Alert): AlertStyle {
  const { glyphs, snapshot } = view;
  const { state, severity, firesAt } = alert;
  if (state === "resolved") return ended(glyphs.resolved, "resolved");
  if (state === "expired") return ended(glyphs.middot, "expired");
  const sign = severitySign(view, severity);
  if (state === "pending") {
    const left = firesAt === undefined ? "" : ` ${formatCountdown(firesAt - snapshot.at)}`;
    return { sign, state: `pending${left}`, word: `pending${left}`, role: "dim" };
  }
  const mark = markWord(alert);
  return {
    sign,
    state: mark ?? "firing",
    word: mark ?? severity,
    role: isQuiet(alert) ? "dim" : severityRole(severity),
  };
}

export function incidentStyle(view: Context, incident: Incident, isQuietNow: boolean): AlertStyle {
  const { state, severity } = incident;
  if (state === "resolved") return ended(view.glyphs.resolved, "resolved");
  const role = isQuietNow ? "dim" : severityRole(severity);
  const word = state === "acknowledged" ? "acked" : severity;
  return { sign: severitySign(view, severity), state: state === "open" ? "open" : "acked", word, role };
}

const ended = (sign: string, word: string): AlertStyle => ({ sign, state: word, word, role: "dim" });

/** The mark that says most about a firing alert. */
function markWord({ acknowledged, silencedBy, suppressedBy, folded }: Alert): string | undefined {
  if (silencedBy !== undefined) return "silenced";
  if (suppressedBy !== undefined) return "suppressed";
  if (folded) return "folded";
  return acknowledged === undefined ? undefined : "acked";
}
