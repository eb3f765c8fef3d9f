import type { Alert } from "../../core/alert.ts";
import type { Incident } from "../../core/incident.ts";
import { formatDuration, formatTime } from "../../core/text.ts";
import type { View } from "../view.ts";
import { isActive } from "./style.ts";

type Context = Pick<View, "glyphs" | "snapshot">;

/** What is known about an alert besides its state: "acked by alice", "silenced until 14:03", "3 times". */
export function alertMarks({ snapshot }: Context, alert: Alert): readonly string[] {
  const { acknowledged, silencedBy, suppressedBy, flapping, folded, keptFiringSince, occurrences } = alert;
  const marks: string[] = [];
  if (acknowledged !== undefined) marks.push(`acked by ${acknowledged.by}`);
  if (silencedBy !== undefined) marks.push(silencedText(snapshot, silencedBy));
  if (suppressedBy !== undefined) marks.push(`suppressed by #${suppressedBy}`);
  if (folded) marks.push("folded");
  if (flapping) marks.push("flapping");
  if (keptFiringSince !== undefined) marks.push("recovered, kept firing");
  if (occurrences > 1) marks.push(`${occurrences} times`);
  return marks;
}

/** The marks beside the state of the alert, which says what the first of them is: "by alice", "until 14:03". */
export function marksBeside(view: Context, alert: Alert, state: string): readonly string[] {
  return alertMarks(view, alert).flatMap((mark) => {
    if (mark === state) return [];
    return mark.startsWith(`${state} `) ? mark.slice(state.length + 1) : mark;
  });
}

function silencedText({ silences, at }: View["snapshot"], id: string): string {
  const silence = silences.find((each) => each.id === id);
  return silence === undefined || silence.endsAt <= at
    ? "silenced"
    : `silenced until ${formatTime(silence.endsAt).slice(0, 5)}`;
}

/** "payment-service down, 3 suppressed" */
export function incidentTitle({ title, suppressed }: Incident): string {
  return suppressed > 0 ? `${title}, ${suppressed} suppressed` : title;
}

/** "+2 related", "acked by alice", "latency +800 ms by bob". */
export function incidentMarks({ glyphs }: Context, incident: Incident, members: Members): readonly string[] {
  const { fault, acknowledged } = incident;
  const marks: string[] = [];
  if (members.related > 0) marks.push(`+${members.related} related`);
  if (incident.unlisted > 0) marks.push(`+${incident.unlisted} more`);
  if (acknowledged !== undefined) marks.push(`acked by ${acknowledged.by}`);
  if (fault !== undefined) marks.push(`${glyphs.fault} ${fault.label} by ${fault.injectedBy}`);
  return marks;
}

/** The members of an incident by role. */
export interface Members {
  readonly symptoms: number;
  readonly related: number;
}

export function membersOf({ members }: Incident): Members {
  const count = (role: string) => members.filter((member) => member.role === role).length;
  return { symptoms: count("symptom"), related: count("related") };
}

/** How long an alert has lasted, or how long ago it ended: "2m 3s", "1m ago". */
export function ageText({ snapshot }: Context, alert: Alert): string {
  return spanText(snapshot.at, alert.startedAt, isActive(alert) ? undefined : alert.resolvedAt);
}

export function incidentAge({ snapshot }: Context, { startedAt, resolvedAt }: Incident): string {
  return spanText(snapshot.at, startedAt, resolvedAt);
}

/** "2m 3s" since the start, or "1m ago" since the end; times in ms since the epoch. */
export function spanText(at: number, startedAt: number, endedAt: number | undefined): string {
  const duration = (ms: number) => formatDuration(Math.max(1000, Math.floor(ms / 1000) * 1000));
  return endedAt === undefined ? duration(at - startedAt) : `${duration(at - endedAt)} ago`;
}

/** The values of an alert, without the name of its entity: "p99=1,020ms over 1,000ms". */
export function valuesText({ message, entity }: Pick<Alert, "message" | "entity">): string {
  return message.startsWith(`${entity}: `) ? message.slice(entity.length + 2) : message;
}
