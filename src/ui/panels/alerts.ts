import type { Alert } from "../../core/alert.ts";
import { formatDuration } from "../../core/text.ts";
import type { Role } from "../text/line.ts";
import { fitText, span } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** The alerts that belong on this view: in the detail of a service only its own. */
export function alertsOf({ snapshot, ui, selected }: View): readonly Alert[] {
  return ui.view === "detail"
    ? snapshot.alerts.filter(({ service }) => service === selected?.name)
    : snapshot.alerts;
}

const SEVERITY_ROLES = { warning: "degraded", critical: "critical", page: "down" } as const;

/** How an alert looks: its sign, its word, its colour. A resolved one is quiet. */
export function alertLook({ glyphs }: View, alert: Alert): { sign: string; word: string; role: Role } {
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
  title(view) {
    const shown = alertsOf(view);
    const firing = shown.filter(({ state }) => state === "firing").length;
    return `alerts: ${firing} firing`;
  },
  items: (view) => alertsOf(view).length,
  paint(view, size) {
    const shown = alertsOf(view);
    if (shown.length === 0) return emptyRows("no alerts: all rules are quiet", size);
    const focused = view.ui.focus === "alerts";
    const cursor = Math.min(view.ui.cursors.alerts ?? 0, shown.length - 1);
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
  const { sign, word, role } = alertLook(view, alert);
  const quiet = role === "dim" ? "dim" : "text";
  const duration = age(view, alert);
  const rule = fitText(alert.rule, 15, ellipsis);
  const name = fitText(alert.service, Math.max(8, width - 11 - 1 - 15 - 1 - 1 - duration.length), ellipsis);
  const first = [
    span(fitText(`${sign} ${word}`, 11, ellipsis), role),
    span(` ${rule} `, quiet),
    span(name, quiet),
    span(` ${duration}`, "dim"),
  ];
  // The message repeats the name that stands above it; the numbers are what is new.
  const numbers = alert.message.replace(`${alert.service}: `, "");
  return [
    { line: first, selected },
    {
      line: [span(`${" ".repeat(width < 50 ? 2 : 12)}${numbers}`, role === "dim" ? "dim" : "text")],
      selected,
    },
  ];
}
