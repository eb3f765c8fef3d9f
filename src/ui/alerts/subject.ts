import { type Alert, SEVERITIES } from "../../core/alert.ts";
import type { Incident } from "../../core/incident.ts";
import type { PanelInstance } from "../panel-instance.ts";
import type { View } from "../view.ts";
import { isActive } from "./style.ts";
import { type Console, type ConsoleRow, consoleOf } from "./tree.ts";

/** What the details are about. */
export type Subject =
  | { readonly type: "alert"; readonly alert: Alert }
  | { readonly type: "incident"; readonly incident: Incident };

/** The incidents and alerts of the shown instant, as the console lists them. */
export function shownConsole({ snapshot, ui }: Pick<View, "snapshot" | "ui">): Console {
  const { alerts, incidents } = snapshot;
  // The same as for other views, unless something is filtered or expanded.
  const expanded = ui.expanded.size === 0 ? NONE : ui.expanded;
  return consoleOf({ alerts, incidents, filter: ui.alertFilter.trim(), expanded });
}

/** The same without a filter and with every incident closed, for other views. */
export function wholeConsole({ snapshot }: Pick<View, "snapshot">): Console {
  const { alerts, incidents } = snapshot;
  return consoleOf({ alerts, incidents, filter: "", expanded: NONE });
}

/** Resolved ones are listed beside others for this long, ms, as long as alerts are; the console lists all. */
const RESOLVED_MS = 15 * 60_000;

/** The incidents and alerts that lists in other views show. */
export function recentRows({ snapshot }: Pick<View, "snapshot">): readonly ConsoleRow[] {
  const since = snapshot.at - RESOLVED_MS;
  return wholeConsole({ snapshot }).top.filter(
    (row) => row.type !== "incident" || (row.incident.resolvedAt ?? snapshot.at) >= since,
  );
}

const NONE: ReadonlySet<number> = new Set();

/** The subject of a panel: what is at the cursor of the panel it follows, else what was opened. */
export function subjectOf(view: View, { options }: Pick<PanelInstance, "options">): Subject | undefined {
  if (options.follows === undefined)
    return view.ui.opened === undefined ? undefined : subjectAt(view, view.ui.opened);
  const { keys } = shownConsole(view);
  const at = view.ui.cursors[String(options.follows)];
  const key = at !== undefined && keys.includes(at) ? at : keys[0];
  return key === undefined ? undefined : subjectAt(view, key);
}

const INCIDENT = /^incident:(\d+)$/;
const PAST = /^\d+\/(.*)\/-?\d+$/;

/** The alert or incident of the key of a row. One that is no longer listed is read from its history. */
export function subjectAt(view: View, key: string): Subject | undefined {
  const { snapshot, history, at } = view;
  const id = INCIDENT.exec(key)?.[1];
  if (id !== undefined) {
    const incident = snapshot.incidents.find((each) => each.id === Number(id));
    return incident && { type: "incident", incident };
  }
  const fingerprint = PAST.exec(key)?.[1] ?? key;
  const alert =
    wholeConsole(view).alerts.get(fingerprint) ?? history.alertTimeline(fingerprint, at).at(-1)?.alert;
  return alert && { type: "alert", alert };
}

/** The alert that says most about an incident: the worst of its causes that is still listed, and still part of it. */
export function causeOf(view: Pick<View, "snapshot">, incident: Incident): Alert | undefined {
  const { incidentOf } = wholeConsole(view);
  // The values of an alert that has fired again since are those of a newer incident.
  return worstCause(view, incident, (fingerprint) => incidentOf.get(fingerprint)?.id === incident.id);
}

/** The same, also when it has fired again since: what it is about has not changed. */
export function lastCauseOf(view: Pick<View, "snapshot">, incident: Incident): Alert | undefined {
  return causeOf(view, incident) ?? worstCause(view, incident, () => true);
}

function worstCause(
  view: Pick<View, "snapshot">,
  { members }: Incident,
  counts: (fingerprint: string) => boolean,
): Alert | undefined {
  const { alerts } = wholeConsole(view);
  let worst: Alert | undefined;
  for (const { fingerprint, role } of members) {
    const alert = role === "cause" && counts(fingerprint) ? alerts.get(fingerprint) : undefined;
    if (alert !== undefined && (worst === undefined || rank(alert) > rank(worst))) worst = alert;
  }
  return worst;
}

/** Active ones before others, then by severity. */
function rank(alert: Alert): number {
  return (isActive(alert) ? SEVERITIES.length : 0) + SEVERITIES.indexOf(alert.severity);
}

/** The incident that an alert belongs to, if any. */
export function incidentOf(view: View, { fingerprint }: Alert): Incident | undefined {
  return wholeConsole(view).incidentOf.get(fingerprint);
}
