import { type Alert, SEVERITIES } from "../../core/alert.ts";
import { formatDuration } from "../../core/text.ts";
import type { Role } from "../text/line.ts";
import { fitText, span } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import { cursorIndex, scopeOf } from "./cursor.ts";
import type { PanelInstance, PanelKind } from "./types.ts";

/** The alerts of a panel: all of them, or those of the entity that it is limited to. */
function alertsOf(view: View, panel: PanelInstance): readonly Alert[] {
  const scope = scopeOf(view, panel);
  const { alerts } = view.snapshot;
  return scope ? alerts.filter(({ entity }) => entity === scope.name) : alerts;
}

const keysOf = (alerts: readonly Alert[]) => alerts.map(({ id }) => String(id));

/** Firing ones first, the most severe and then the newest; after them what is pending, and what is over. */
export function byUrgency(alerts: readonly Alert[]): readonly Alert[] {
  const rank = ({ state, severity }: Alert) =>
    state === "firing" ? 2 + SEVERITIES.indexOf(severity) : state === "pending" ? 1 : 0;
  return alerts.toSorted((a, b) => rank(b) - rank(a));
}

const SEVERITY_ROLES = { warning: "degraded", critical: "critical", page: "down" } as const;

/** The sign, the word and the colour of an alert. A resolved one is quiet. */
export function alertStyle({ glyphs }: View, alert: Alert): { sign: string; word: string; role: Role } {
  if (alert.state === "resolved") return { sign: glyphs.resolved, word: "resolved", role: "dim" };
  const sign = alert.severity === "warning" ? glyphs.warning : glyphs.critical;
  const word = alert.state === "pending" ? "pending" : alert.severity;
  return { sign, word, role: alert.state === "pending" ? "dim" : SEVERITY_ROLES[alert.severity] };
}

/** How long an alert has lasted, or for a resolved one how long ago it ended. */
function age({ snapshot }: View, alert: Alert): string {
  if (alert.resolvedAt === undefined) return formatDuration(floorSecond(snapshot.at - alert.startedAt));
  return `${formatDuration(floorSecond(snapshot.at - alert.resolvedAt))} ago`;
}

const floorSecond = (ms: number) => Math.max(1000, Math.floor(ms / 1000) * 1000);

/** An alert takes two rows: what and how long, then its numbers. */
export const alerts: PanelKind = {
  kind: "alerts",
  description: "alerts with their numbers; option scope: all or selected",
  title(view, panel) {
    const shown = alertsOf(view, panel);
    const firing = shown.filter(({ state }) => state === "firing").length;
    return `alerts: ${firing} firing`;
  },
  items: (view, panel) => keysOf(alertsOf(view, panel)),
  entityOf: ({ snapshot }, item) => snapshot.alerts.find(({ id }) => String(id) === item)?.entity,
  paint(view, size, panel) {
    const shown = alertsOf(view, panel);
    if (shown.length === 0) return emptyRows("no alerts: all rules are quiet", size);
    const focused = view.ui.focus === panel.id;
    const cursor = cursorIndex(view, panel, keysOf(shown));
    const fits = Math.max(1, Math.floor(size.height / 2));
    const top = scrollTop(focused ? cursor : 0, shown.length, fits);
    const rows = shown
      .slice(top, top + Math.ceil(size.height / 2))
      .flatMap((alert, index) => alertRows(view, alert, size.width, focused && top + index === cursor));
    return rows.slice(0, size.height);
  },
};

function alertRows(view: View, alert: Alert, width: number, selected: boolean): readonly Row[] {
  const { ellipsis } = view.glyphs;
  const { sign, word, role } = alertStyle(view, alert);
  const quiet = role === "dim" ? "dim" : "text";
  const duration = age(view, alert);
  const rule = fitText(alert.rule, 15, ellipsis);
  const name = fitText(alert.entity, Math.max(8, width - 11 - 1 - 15 - 1 - 1 - duration.length), ellipsis);
  const first = [
    span(fitText(`${sign} ${word}`, 11, ellipsis), role),
    span(` ${rule} `, quiet),
    span(name, quiet),
    span(` ${duration}`, "dim"),
  ];
  // The message repeats the name that stands above it; only its numbers are new.
  const numbers = alert.message.replace(`${alert.entity}: `, "");
  return [
    { line: first, selected },
    {
      line: [span(`${" ".repeat(width < 50 ? 2 : 12)}${numbers}`, role === "dim" ? "dim" : "text")],
      selected,
    },
  ];
}
