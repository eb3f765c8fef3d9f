import type { Alert } from "../../core/alert.ts";
import type { Incident } from "../../core/incident.ts";
import type { Command } from "../../monitor/types.ts";
import type { Intent } from "../keymap/types.ts";
import type { View } from "../view.ts";
import { viewSpec } from "../views/index.ts";
import { isActive } from "./style.ts";
import { type Subject, subjectAt, wholeConsole } from "./subject.ts";

/** What a key about alerts applies to, and how to call it. */
export interface Targets {
  /** Active ones only. */
  readonly alerts: readonly Alert[];
  /** The incident that they are of: a command then also reaches those that it does not list. */
  readonly incident?: Incident;
  /** "3 marked alerts", "HIGH_LATENCY on payment-service" */
  readonly what: string;
}

/** The marked alerts, else what is at the cursor or open, else the alerts of the selected entity. */
export function targetsOf(view: View): Targets {
  const { snapshot, ui, selected } = view;
  const marked = markedAlerts(view);
  if (marked.length > 0) return { alerts: marked, what: counted(marked.length, "marked alert") };
  const subject = currentSubject(view);
  if (subject?.type === "alert") {
    const { alert } = subject;
    return { alerts: [alert].filter(isActive), what: `${alert.rule} on ${alert.entity}` };
  }
  if (subject?.type === "incident") {
    const { incident } = subject;
    return { alerts: activeMembers(view, incident), incident, what: `"${incident.title}"` };
  }
  if (viewSpec(ui.view).filters === "alerts") return { alerts: [], what: "" };
  const own = snapshot.alerts.filter((alert) => isActive(alert) && alert.entity === selected?.name);
  const [only] = own;
  const what = own.length === 1 ? `${only!.rule} on ${only!.entity}` : `the alerts of ${selected?.name}`;
  return { alerts: own, what };
}

/** The marked alerts that are still active. */
export function markedAlerts({ snapshot, ui }: Pick<View, "snapshot" | "ui">): readonly Alert[] {
  if (ui.marked.size === 0) return [];
  const { alerts } = wholeConsole({ snapshot });
  return [...ui.marked].flatMap((fingerprint) => {
    const alert = alerts.get(fingerprint);
    return alert !== undefined && isActive(alert) ? alert : [];
  });
}

/** The alert or incident at the cursor of the focused list, else the one that is open. */
export function currentSubject(view: View): Subject | undefined {
  const { ui } = view;
  if (ui.view === "alert" || (ui.view === "incident" && ui.focus !== "members"))
    return ui.opened === undefined ? undefined : subjectAt(view, ui.opened);
  const key = ui.cursors[ui.focus];
  return key === undefined || !LISTS.has(ui.focus) ? undefined : subjectAt(view, key);
}

/** The panels whose items are alerts or incidents. */
const LISTS: ReadonlySet<string> = new Set(["console", "alerts", "entity-alerts", "members"]);

/** The alerts of an incident that are still active. */
export function activeMembers(view: Pick<View, "snapshot">, { members }: Incident): readonly Alert[] {
  const { alerts } = wholeConsole(view);
  return members.flatMap(({ fingerprint, endedAt }) => {
    const alert = endedAt === undefined ? alerts.get(fingerprint) : undefined;
    return alert !== undefined && isActive(alert) ? alert : [];
  });
}

export type AlertCommand = Extract<Command, { type: "acknowledge" | "unacknowledge" | "resolve" }>;

/** The command for some of these targets. */
export function commandOn(
  type: AlertCommand["type"],
  { incident }: Targets,
  alerts: readonly Alert[],
): AlertCommand {
  return incident === undefined
    ? { type, alerts: alerts.map(({ fingerprint }) => fingerprint) }
    : { type, alerts: [], incidents: [incident.id] };
}

/** Marks are for one action. */
export function asIntent(view: View, command: Command): Intent {
  return { commands: [command], ...(markedAlerts(view).length > 0 && { thenUnmark: true }) };
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

const ESCAPED = /[.*+?^${}()|[\]\\]/g;

/** Matchers for exactly these alerts: one silence for each rule, as alternatives of its entities. */
export function silenceMatchers(alerts: readonly Alert[]): readonly string[] {
  const byRule = Map.groupBy(alerts, ({ rule }) => rule);
  return Array.from(byRule, ([rule, own]) => {
    const names = [...new Set(own.map(({ entity }) => entity))];
    const only = names.length === 1;
    const value = only ? names[0]! : names.map((name) => name.replace(ESCAPED, "\\$&")).join("|");
    return `alertname=${JSON.stringify(rule)}, entity${only ? "=" : "=~"}${JSON.stringify(value)}`;
  });
}
