import { SEVERITIES } from "../../core/alert.ts";
import type { IncidentTimes } from "../../core/incident.ts";
import { meanText, statisticsOf } from "../alerts/statistics.ts";
import { fitText, type Line, span } from "../text/line.ts";
import { emptyRows, type Row, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import { cursorIndex } from "./cursor.ts";
import type { PanelKind } from "./types.ts";

/** Incidents of one severity, entity or rule; without times: the heading of a group. */
interface Entry {
  readonly key: string;
  readonly name: string;
  readonly times: IncidentTimes | undefined;
}

const COUNT = 6;
const TIME = 9;

/** Incidents by severity, entity and rule, with the mean times of each. */
export const incidentGroups: PanelKind = {
  kind: "incident-groups",
  description: "incidents of the last 24 hours by severity, entity and rule, with their mean times",
  title: () => "by severity, entity and rule",
  items: (view) => entriesOf(view).flatMap(({ key, times }) => (times === undefined ? [] : key)),
  entityOf({ snapshot }, item) {
    const name = item.startsWith("entity:") ? item.slice("entity:".length) : undefined;
    return snapshot.entities.find((each) => each.name === name)?.name;
  },
  paint(view, size, panel) {
    const entries = entriesOf(view);
    if (entries.length === 0)
      return emptyRows(
        "no incidents in 24 hours: shows their number and times by severity, entity and rule",
        size,
      );
    const items = entries.flatMap(({ key, times }) => (times === undefined ? [] : key));
    const focused = view.ui.focus === panel.id;
    const current = focused ? items[cursorIndex(view, panel, items)] : undefined;
    const width = Math.max(8, size.width - COUNT - 3 * TIME);
    const height = Math.max(1, size.height - 1);
    const top = scrollTop(
      Math.max(
        0,
        entries.findIndex(({ key }) => key === current),
      ),
      entries.length,
      height,
    );
    const rows = entries.slice(top, top + height).map((entry): Row => {
      const selected = entry.key === current;
      return { line: entryLine(view, entry, width, selected), selected };
    });
    return size.height > 1 ? [{ line: heading(width) }, ...rows] : rows;
  },
};

function heading(width: number): Line {
  const cell = (text: string, columns: number) => fitText(text, columns, "", "right");
  return [
    span(
      `${fitText("", width, "")}${cell("count", COUNT)}${cell("MTTD", TIME)}${cell("MTTA", TIME)}${cell("MTTR", TIME)}`,
      "dim",
    ),
  ];
}

function entryLine({ glyphs }: View, { name, times }: Entry, width: number, selected: boolean): Line {
  if (times === undefined) return [span(name, "dim")];
  const cell = (ms: number) => fitText(meanText(ms, glyphs.dash), TIME, "", "right");
  return [
    span(selected ? `${glyphs.selection} ` : "  ", "accent"),
    span(fitText(name, width - 2, glyphs.ellipsis)),
    span(fitText(String(times.count), COUNT, "", "right")),
    span(cell(times.mttdMs) + cell(times.mttaMs) + cell(times.mttrMs)),
  ];
}

function entriesOf(view: View): readonly Entry[] {
  const { bySeverity, byEntity, byRule } = statisticsOf(view);
  const severities = SEVERITIES.toReversed().flatMap((severity) => {
    const times = bySeverity.get(severity);
    return times === undefined ? [] : ([[severity, times]] as const);
  });
  return [...group("severity", severities), ...group("entity", [...byEntity]), ...group("rule", [...byRule])];
}

function group(title: string, all: readonly (readonly [string, IncidentTimes])[]): readonly Entry[] {
  if (all.length === 0) return [];
  const entries = all.map(([name, times]): Entry => ({ key: `${title}:${name}`, name, times }));
  return [{ key: `heading:${title}`, name: `by ${title}`, times: undefined }, ...entries];
}
