import {
  ageText,
  alertMarks,
  incidentAge,
  incidentMarks,
  incidentTitle,
  membersOf,
  valuesText,
} from "../alerts/marks.ts";
import { byUrgency } from "../alerts/order.ts";
import { alertStyle, incidentStyle } from "../alerts/style.ts";
import { causeOf, recentRows, wholeConsole } from "../alerts/subject.ts";
import type { ConsoleRow } from "../alerts/tree.ts";
import { fitText, span, widthOf } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import { cursorIndex, scopeOf } from "./cursor.ts";
import type { PanelInstance, PanelKind } from "./types.ts";

/** What a panel lists: incidents and alerts that belong to none, or the alerts of the entity in its scope. */
function listed(view: View, panel: PanelInstance): readonly ConsoleRow[] {
  const scope = scopeOf(view, panel);
  if (scope === undefined) return recentRows(view);
  const own = view.snapshot.alerts.filter(({ entity }) => entity === scope.name);
  return byUrgency(own).map((alert) => ({ type: "alert", key: alert.fingerprint, alert, role: undefined }));
}

const keysOf = (rows: readonly ConsoleRow[]) => rows.map(({ key }) => key);

/** Two rows for each incident and alert: name and duration, then its values. */
export const alerts: PanelKind = {
  kind: "alerts",
  description: "incidents and alerts with their values; option scope: all or selected",
  title(view, panel) {
    const scope = scopeOf(view, panel);
    const { alerts: all } = view.snapshot;
    const firing =
      scope === undefined
        ? wholeConsole(view).counts.firing
        : all.filter(({ state, entity }) => state === "firing" && entity === scope.name).length;
    return `alerts: ${firing} firing`;
  },
  items: (view, panel) => keysOf(listed(view, panel)),
  entityOf({ snapshot }, item) {
    const alert = snapshot.alerts.find(({ fingerprint }) => fingerprint === item);
    return alert?.entity;
  },
  opens: (_view, item) => ({
    type: item.startsWith("incident:") ? "open-incident" : "open-alert",
    item,
  }),
  paint(view, size, panel) {
    const shown = listed(view, panel);
    if (shown.length === 0) return emptyRows("no alerts: no rule is firing", size);
    const focused = view.ui.focus === panel.id;
    const cursor = cursorIndex(view, panel, keysOf(shown));
    const fits = Math.max(1, Math.floor(size.height / 2));
    const top = scrollTop(focused ? cursor : 0, shown.length, fits);
    const ruleWidth = ruleWidthOf(view.snapshot, size.width);
    const rows = shown
      .slice(top, top + Math.ceil(size.height / 2))
      .flatMap((row, index) => twoRows(view, row, size.width, ruleWidth, focused && top + index === cursor));
    return rows.slice(0, size.height);
  },
};

const MIN_RULE = 15;
const MIN_NAME = 8;
/** "pending 12:05" with its symbol; less on a narrow panel. */
const STATE = { wide: 14, narrow: 11, wideFrom: 46 } as const;

/** As wide as the longest rule of the config, up to a third of the panel: columns do not move. */
export function ruleWidthOf({ rules, alerts: all }: View["snapshot"], width: number): number {
  const names = rules.length > 0 ? rules.map(({ name }) => name) : all.map(({ rule }) => rule);
  const longest = names.reduce((most, name) => Math.max(most, widthOf(name)), 0);
  return Math.max(MIN_RULE, Math.min(longest, Math.floor(width / 3)));
}

/** What is shown of an incident or an alert where there is no room for columns. */
export interface Brief {
  readonly sign: string;
  readonly word: string;
  readonly role: ReturnType<typeof alertStyle>["role"];
  /** Undefined: an incident, which has a title. */
  readonly rule: string | undefined;
  readonly name: string;
  readonly age: string;
  /** Its values, and what else is known. */
  readonly clauses: readonly string[];
}

export function briefOf(view: View, row: ConsoleRow): Brief | undefined {
  if (row.type === "past") return undefined;
  if (row.type === "alert") {
    const { alert } = row;
    const { sign, word, role } = alertStyle(view, alert);
    const clauses = [valuesText(alert), ...alertMarks(view, alert)];
    return { sign, word, role, rule: alert.rule, name: alert.entity, age: ageText(view, alert), clauses };
  }
  const { incident, isQuiet } = row;
  const cause = causeOf(view, incident);
  return {
    ...incidentStyle(view, incident, isQuiet),
    rule: undefined,
    name: incidentTitle(incident),
    age: incidentAge(view, incident),
    clauses: [
      ...(cause === undefined ? [] : [valuesText(cause)]),
      ...incidentMarks(view, incident, membersOf(incident)),
    ],
  };
}

function twoRows(
  view: View,
  row: ConsoleRow,
  width: number,
  ruleWidth: number,
  selected: boolean,
): readonly Row[] {
  const { ellipsis } = view.glyphs;
  const brief = briefOf(view, row);
  if (brief === undefined) return [];
  const { sign, word, role, rule, name, age, clauses } = brief;
  const quiet = role === "dim" ? "dim" : "text";
  const stateWidth = width < STATE.wideFrom ? STATE.narrow : STATE.wide;
  const room = Math.max(MIN_NAME, width - stateWidth - 1 - 1 - age.length);
  const what =
    rule === undefined
      ? span(` ${fitText(name, room, ellipsis)}`, quiet === "dim" ? "dim" : "title")
      : span(
          ` ${fitText(rule, ruleWidth, ellipsis)} ${fitText(name, Math.max(MIN_NAME, room - ruleWidth - 1), ellipsis)}`,
          quiet,
        );
  const first = [span(fitText(`${sign} ${word}`, stateWidth, ellipsis), role), what, span(` ${age}`, "dim")];
  const indent = " ".repeat(width < 60 ? 2 : stateWidth + 1);
  const second = span(fitText(indent + clauses.join("  "), width, ellipsis), quiet);
  return [
    { line: first, selected },
    { line: [second], selected },
  ];
}
