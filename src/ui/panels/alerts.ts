import { type Alert, SEVERITIES } from "../../core/alert.ts";
import { formatDuration } from "../../core/text.ts";
import type { Role } from "../text/line.ts";
import { fitText, span, widthOf } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import { cursorIndex, scopeOf } from "./cursor.ts";
import type { PanelInstance, PanelKind } from "./types.ts";

/** The alerts of a panel, the most urgent first: all, or those of the entity in its scope. */
function alertsOf(view: View, panel: PanelInstance): readonly Alert[] {
  const scope = scopeOf(view, panel);
  const { alerts } = view.snapshot;
  return byUrgency(scope ? alerts.filter(({ entity }) => entity === scope.name) : alerts);
}

const keysOf = (alerts: readonly Alert[]) => alerts.map(({ fingerprint }) => fingerprint);

/** Firing alerts first, by severity and then newest first; then pending and resolved ones. */
export function byUrgency(alerts: readonly Alert[]): readonly Alert[] {
  const rank = ({ state, severity }: Alert) =>
    state === "firing" ? 2 + SEVERITIES.indexOf(severity) : state === "pending" ? 1 : 0;
  return alerts.toSorted((a, b) => rank(b) - rank(a));
}

const SEVERITY_ROLES = { warning: "degraded", critical: "critical", page: "down" } as const;

/** The symbol, text and colour of an alert. Resolved alerts are dim. */
export function alertStyle({ glyphs }: View, alert: Alert): { sign: string; word: string; role: Role } {
  if (alert.state === "resolved") return { sign: glyphs.resolved, word: "resolved", role: "dim" };
  if (alert.state === "expired") return { sign: glyphs.middot, word: "expired", role: "dim" };
  const sign = alert.severity === "warning" ? glyphs.warning : glyphs.critical;
  const word = alert.state === "pending" ? "pending" : alert.severity;
  return { sign, word, role: alert.state === "pending" ? "dim" : SEVERITY_ROLES[alert.severity] };
}

/** How long an alert has lasted, or how long ago a resolved one ended. */
function age({ snapshot }: View, alert: Alert): string {
  if (alert.resolvedAt === undefined) return formatDuration(floorSecond(snapshot.at - alert.startedAt));
  return `${formatDuration(floorSecond(snapshot.at - alert.resolvedAt))} ago`;
}

const floorSecond = (ms: number) => Math.max(1000, Math.floor(ms / 1000) * 1000);

/** Two rows per alert: name and duration, then its values. */
export const alerts: PanelKind = {
  kind: "alerts",
  description: "alerts with their values; option scope: all or selected",
  title(view, panel) {
    const shown = alertsOf(view, panel);
    const firing = shown.filter(({ state }) => state === "firing").length;
    return `alerts: ${firing} firing`;
  },
  items: (view, panel) => keysOf(alertsOf(view, panel)),
  entityOf: ({ snapshot }, item) => snapshot.alerts.find(({ fingerprint }) => fingerprint === item)?.entity,
  paint(view, size, panel) {
    const shown = alertsOf(view, panel);
    if (shown.length === 0) return emptyRows("no alerts: no rule is firing", size);
    const focused = view.ui.focus === panel.id;
    const cursor = cursorIndex(view, panel, keysOf(shown));
    const fits = Math.max(1, Math.floor(size.height / 2));
    const top = scrollTop(focused ? cursor : 0, shown.length, fits);
    const ruleWidth = ruleWidthOf(shown, size.width);
    const rows = shown
      .slice(top, top + Math.ceil(size.height / 2))
      .flatMap((alert, index) =>
        alertRows(view, alert, size.width, ruleWidth, focused && top + index === cursor),
      );
    return rows.slice(0, size.height);
  },
};

/** "acknowledged by alice", "silenced", "fires in 12s", "3rd time". */
function notesOf({ snapshot }: View, alert: Alert): readonly string[] {
  const { acknowledged, silencedBy, firesAt, keptFiringSince, occurrences } = alert;
  const notes: string[] = [];
  if (firesAt !== undefined && firesAt > snapshot.at)
    notes.push(`fires in ${formatDuration(firesAt - snapshot.at)}`);
  if (keptFiringSince !== undefined) notes.push("recovered, kept firing");
  if (acknowledged !== undefined) notes.push(`acknowledged by ${acknowledged.by}`);
  if (silencedBy !== undefined) notes.push("silenced");
  if (occurrences > 1) notes.push(`${occurrences} times`);
  return notes;
}

const MIN_RULE = 15;
const MIN_NAME = 8;

/**
 * As wide as the longest rule, up to a third of the panel. Of all alerts: columns keep still while one
 * scrolls.
 */
export function ruleWidthOf(alerts: readonly Alert[], width: number): number {
  const longest = alerts.reduce((most, { rule }) => Math.max(most, widthOf(rule)), 0);
  return Math.max(MIN_RULE, Math.min(longest, Math.floor(width / 3)));
}

function alertRows(
  view: View,
  alert: Alert,
  width: number,
  ruleWidth: number,
  selected: boolean,
): readonly Row[] {
  const { ellipsis } = view.glyphs;
  const { sign, word, role } = alertStyle(view, alert);
  const quiet = role === "dim" ? "dim" : "text";
  const duration = age(view, alert);
  const rule = fitText(alert.rule, ruleWidth, ellipsis);
  const name = fitText(
    alert.entity,
    Math.max(MIN_NAME, width - 11 - 1 - ruleWidth - 1 - 1 - duration.length),
    ellipsis,
  );
  const first = [
    span(fitText(`${sign} ${word}`, 11, ellipsis), role),
    span(` ${rule} `, quiet),
    span(name, quiet),
    span(` ${duration}`, "dim"),
  ];
  // The name is already in the row above; show only the values of the message, and what else is known.
  const numbers = [alert.message.replace(`${alert.entity}: `, ""), ...notesOf(view, alert)].join("  ");
  return [
    { line: first, selected },
    {
      line: [span(`${" ".repeat(width < 50 ? 2 : 12)}${numbers}`, role === "dim" ? "dim" : "text")],
      selected,
    },
  ];
}
