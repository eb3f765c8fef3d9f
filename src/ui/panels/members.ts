import { subjectOf, wholeConsole } from "../alerts/subject.ts";
import type { ConsoleRow } from "../alerts/tree.ts";
import { alertColumns, alertHeading, alertLine } from "../tables/alert-columns.ts";
import { span } from "../text/line.ts";
import { emptyRows, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import { cursorIndex } from "./cursor.ts";
import type { PanelInstance, PanelKind } from "./types.ts";

/** The alerts of an incident, those of its cause first. */
export const members: PanelKind = {
  kind: "members",
  description: "the alerts of the open incident, those of its cause first",
  title(view, panel) {
    const rows = rowsOf(view, panel);
    return `alerts of the incident: ${rows.length}`;
  },
  items: (view, panel) => rowsOf(view, panel).map(({ key }) => key),
  entityOf: ({ snapshot }, item) => snapshot.alerts.find(({ fingerprint }) => fingerprint === item)?.entity,
  opens: (_view, item) => ({ type: "open-alert", item }),
  paint(view, size, panel) {
    const rows = rowsOf(view, panel);
    if (rows.length === 0) return emptyRows("no incident is open: lists its alerts, causes first", size);
    const columns = alertColumns(view, size.width);
    const hasHeading = size.height >= 4;
    const height = size.height - (hasHeading ? 1 : 0);
    const focused = view.ui.focus === panel.id;
    const cursor = cursorIndex(
      view,
      panel,
      rows.map(({ key }) => key),
    );
    const top = scrollTop(focused ? cursor : 0, rows.length, height);
    const lines = rows.slice(top, top + height).map((row, index) => {
      const isCursor = focused && top + index === cursor;
      const isMarked = view.ui.marked.has(row.key);
      const lead = [
        span(isCursor ? view.glyphs.selection : " ", "accent"),
        span(isMarked ? "* " : "  ", "accent"),
      ];
      return { line: alertLine(view, row, columns, lead), selected: isCursor };
    });
    return hasHeading ? [{ line: alertHeading(columns) }, ...lines] : lines;
  },
};

function rowsOf(view: View, panel: PanelInstance): readonly ConsoleRow[] {
  const subject = subjectOf(view, panel);
  return subject?.type === "incident" ? wholeConsole(view).childrenOf(subject.incident) : [];
}
