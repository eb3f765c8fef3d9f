import { alertFilter, filterNote, quoted } from "../alerts/filter.ts";
import { shownConsole } from "../alerts/subject.ts";
import { markedAlerts } from "../alerts/targets.ts";
import type { ConsoleRow } from "../alerts/tree.ts";
import { alertColumns, alertHeading, alertLine } from "../tables/alert-columns.ts";
import { type Line, span } from "../text/line.ts";
import { emptyRows, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** Incidents as a tree, then the alerts that belong to none. */
export const console: PanelKind = {
  kind: "console",
  description: "incidents as a tree, then alerts that belong to none, the most urgent first",
  title(view) {
    const { snapshot, ui } = view;
    const { counts, matching } = shownConsole(view);
    const open = snapshot.incidents.filter(({ resolvedAt }) => resolvedAt === undefined).length;
    const marked = markedAlerts(view).length;
    const { problem } = alertFilter(ui.alertFilter);
    const parts = [
      ...(open > 0 ? [`${open} incident${open === 1 ? "" : "s"}`] : []),
      `${counts.firing} firing`,
      ...(counts.pending > 0 ? [`${counts.pending} pending`] : []),
      ...(marked > 0 ? [`${marked} marked`] : []),
      ...(problem === undefined ? [] : [problem]),
    ];
    const note = problem === undefined ? filterNote(ui, snapshot.alerts.length, matching.length) : "";
    return `alerts: ${parts.join(", ")}${note}`;
  },
  items: (view) => shownConsole(view).keys,
  entityOf(view, item) {
    const row = shownConsole(view).byKey.get(item);
    if (row === undefined) return undefined;
    const { entity } = row.type === "incident" ? row.incident : row.type === "alert" ? row.alert : row.member;
    return view.snapshot.entities.some(({ name }) => name === entity) ? entity : undefined;
  },
  opens: (view, item) =>
    shownConsole(view).byKey.get(item)?.type === "incident"
      ? { type: "open-incident", item }
      : { type: "open-alert", item },
  reveals(view, item) {
    const { incidentOf, matching } = shownConsole(view);
    const incident = incidentOf.get(item);
    if (incident === undefined || view.ui.expanded.has(incident.id)) return undefined;
    const isShown = matching.some(({ fingerprint }) => fingerprint === item);
    return isShown ? { type: "expand", incident: incident.id, open: true } : undefined;
  },
  paint(view, size, panel) {
    const { rows } = shownConsole(view);
    if (rows.length === 0) return emptyRows(emptyText(view), size);
    const columns = alertColumns(view, size.width);
    const hasHeading = size.height >= 5;
    const height = size.height - (hasHeading ? 1 : 0);
    const focused = view.ui.focus === panel.id;
    const key = view.ui.cursors[panel.id];
    const cursor = Math.max(0, shownConsole(view).keys.indexOf(key ?? ""));
    const top = scrollTop(cursor, rows.length, height);
    const lines = rows.slice(top, top + height).map((row, index) => {
      const selected = focused && top + index === cursor;
      return { line: alertLine(view, row, columns, lead(view, row, top + index === cursor)), selected };
    });
    return hasHeading ? [{ line: alertHeading(columns) }, ...lines] : lines;
  },
  footnote(view, { height }) {
    const hidden = shownConsole(view).rows.length - (height >= 5 ? height - 1 : height);
    return hidden > 0 ? span(`${hidden} more`, "dim") : undefined;
  },
};

function emptyText({ snapshot, ui }: View): string {
  if (ui.alertFilter.trim() !== "" && snapshot.alerts.length > 0)
    return `no alert matches ${quoted(ui.alertFilter.trim())}: Esc clears the filter`;
  const enabled = snapshot.rules.filter((rule) => rule.enabled).length;
  const watched = enabled === 0 ? "" : `; ${enabled} rule${enabled === 1 ? " is" : "s are"} evaluated`;
  return `no alerts: no rule is firing${watched}. Incidents with their alerts would be listed here, and resolved ones for a while`;
}

/** The cursor and the mark. An incident has one when all of its active alerts have. */
function lead({ glyphs, ui }: View, row: ConsoleRow, isCursor: boolean): Line {
  const isMarked =
    row.type === "alert"
      ? ui.marked.has(row.key)
      : row.type === "incident" &&
        ui.marked.size > 0 &&
        row.incident.members.some(({ endedAt }) => endedAt === undefined) &&
        row.incident.members.every(
          ({ fingerprint, endedAt }) => endedAt !== undefined || ui.marked.has(fingerprint),
        );
  return [span(isCursor ? glyphs.selection : " ", "accent"), span(isMarked ? "* " : "  ", "accent")];
}
