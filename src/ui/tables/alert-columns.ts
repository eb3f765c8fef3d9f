import type { Alert } from "../../core/alert.ts";
import {
  ageText,
  incidentAge,
  incidentMarks,
  incidentTitle,
  marksBeside,
  membersOf,
  valuesText,
} from "../alerts/marks.ts";
import { type AlertStyle, alertStyle, incidentStyle, plainRole, severityRole } from "../alerts/style.ts";
import { causeOf } from "../alerts/subject.ts";
import type { ConsoleRow } from "../alerts/tree.ts";
import { fitText, type Line, type Role, type Span, span, widthOf } from "../text/line.ts";
import type { View } from "../view.ts";

/** The widths of the columns of the console. They depend on the config and the terminal, never on the alerts. */
export interface AlertColumns {
  /** Symbol and state. */
  readonly state: number;
  /** 0: the state column shows it. */
  readonly severity: number;
  readonly rule: number;
  readonly entity: number;
  /** The value, right-aligned, and what it is compared with. 0: no room. */
  readonly value: number;
  readonly versus: number;
  readonly age: number;
  /** The rest. */
  readonly marks: number;
}

/** Columns of the cursor, the mark and a blank. */
export const LEAD = 3;
const STATE = 14;
const SEVERITY = 8;
const VALUE = 9;
const MEDIUM_VALUE = 8;
/** ", recovers at 1,000ms" */
const VERSUS = 21;
const AGE = 7;
/** Symptoms are indented twice, by one column each where there is no room for two. */
const INDENT = 4;

/** For `width` columns in all. */
export function alertColumns({ snapshot }: Pick<View, "snapshot">, width: number): AlertColumns {
  const longestOf = (texts: readonly string[], least: number) =>
    texts.reduce((most, text) => Math.max(most, widthOf(text)), least);
  const rules =
    INDENT +
    longestOf(
      snapshot.rules.map(({ name }) => name),
      12,
    );
  const names = longestOf(
    snapshot.entities.map(({ name }) => name),
    10,
  );
  return width < NARROW
    ? narrow(width, names)
    : width < WIDE
      ? medium(width, rules, names)
      : wide(width, rules, names);
}

/** Below this width only what identifies an alert is shown; from the other one on everything. */
const NARROW = 60;
const WIDE = 100;

/** The share of columns, 0..1, or as many as the longest text needs. */
const part = (left: number, share: number, wanted: number) => Math.min(wanted, Math.floor(left * share));

function narrow(width: number, names: number): AlertColumns {
  const [state, age] = [10, 4];
  const left = width - LEAD - state - age - 3;
  const entity = Math.max(6, part(left, 0.5, names));
  return { state, severity: 0, rule: Math.max(4, left - entity), entity, value: 0, versus: 0, age, marks: 0 };
}

function medium(width: number, rules: number, names: number): AlertColumns {
  const left = width - LEAD - STATE - AGE - 3;
  const rule = part(left, 0.35, rules);
  const entity = part(left, 0.3, names);
  const rest = left - rule - entity - 1;
  const value = rest > MEDIUM_VALUE ? MEDIUM_VALUE : 0;
  return {
    state: STATE,
    severity: 0,
    rule,
    entity,
    value,
    versus: Math.max(0, rest - value),
    age: AGE,
    marks: 0,
  };
}

function wide(width: number, rules: number, names: number): AlertColumns {
  const left = width - LEAD - STATE - SEVERITY - VALUE - AGE - 7;
  const rule = part(left, 0.32, rules);
  const entity = part(left, 0.28, names);
  const versus = part(left - rule - entity, 0.5, VERSUS);
  const marks = left - rule - entity - versus;
  return { state: STATE, severity: SEVERITY, rule, entity, value: VALUE, versus, age: AGE, marks };
}

export function alertHeading(columns: AlertColumns): Line {
  const { state, severity, rule, entity, value, versus, age, marks } = columns;
  const cells = [
    fitText("state", state, ""),
    ...(severity > 0 ? [fitText("severity", severity, "")] : []),
    fitText("rule", rule, ""),
    fitText("entity", entity, ""),
    ...(value > 0
      ? [`${fitText("value", value, "", "right")} ${fitText("limit", Math.max(0, versus - 1), "")}`]
      : []),
    fitText("for", age, "", "right"),
    ...(marks > 0 ? [` ${fitText("", marks - 1, "")}`] : []),
  ];
  return [span(`${" ".repeat(LEAD)}${cells.join(" ")}`, "dim")];
}

/** What one row shows, before it is fitted into columns. */
interface Cells {
  readonly style: AlertStyle;
  readonly severity: Alert["severity"];
  readonly rule: string;
  readonly entity: string;
  readonly values: string;
  readonly age: string;
  readonly marks: readonly string[];
  /** The rule takes the columns of the entity too. */
  readonly isTitle: boolean;
}

/** One row of the console. */
export function alertLine(view: View, row: ConsoleRow, columns: AlertColumns, lead: Line): Line {
  const cells = cellsOf(view, row, columns.severity > 0 ? "  " : " ");
  const { ellipsis, middot } = view.glyphs;
  const { style } = cells;
  const quiet: Role = style.role === "dim" ? "dim" : "text";
  const main: Role = cells.isTitle && quiet === "text" ? "title" : quiet;
  const spans: Span[] = [
    ...lead,
    span(fitText(stateText(style, columns), columns.state, ellipsis), style.role),
  ];
  if (columns.severity > 0)
    spans.push(
      span(
        ` ${fitText(cells.severity, columns.severity, "")}`,
        quiet === "dim" ? "dim" : plainRole(severityRole(cells.severity)),
      ),
    );
  spans.push(
    ...(cells.isTitle
      ? [span(` ${fitText(cells.rule, columns.rule + 1 + columns.entity, ellipsis)}`, main)]
      : [
          span(` ${fitText(cells.rule, columns.rule, ellipsis)}`, quiet),
          span(` ${fitText(cells.entity, columns.entity, ellipsis)}`, quiet),
        ]),
  );
  if (columns.value > 0) spans.push(...valueCells(cells, columns, quiet, ellipsis));
  spans.push(span(` ${fitText(ageIn(cells.age, columns.age), columns.age, "", "right")}`, "dim"));
  if (columns.marks > 0) spans.push(span(`  ${cells.marks.join(` ${middot} `)}`, "dim"));
  return spans;
}

/** "2h 5m ago" where it fits, else "2h". */
function ageIn(age: string, width: number): string {
  if (widthOf(age) <= width) return age;
  const short = age.replace(/^(\S+) \d\S*/, "$1");
  return widthOf(short) <= width ? short : short.split(" ")[0]!;
}

/** The state and how long it lasts, where there is room for both. */
function stateText({ sign, state, word }: AlertStyle, { severity, state: width }: AlertColumns): string {
  const text = `${sign} ${severity > 0 ? state : word}`;
  return widthOf(text) <= width ? text : text.split(" ").slice(0, 2).join(" ");
}

/** A value, and what it is compared with: "p99=1,020ms over 1,000ms". */
const VALUES = /^[^=\s]+=(\S+?)(,?\s.*)?$/;

function valueCells(
  { values, style }: Cells,
  { value, versus }: AlertColumns,
  quiet: Role,
  ellipsis: string,
): Line {
  const found = VALUES.exec(values);
  if (found === null) {
    const whole = wholeParts(values, value + versus, ellipsis);
    // A sentence without parts that fit is cut: its beginning is a word, not another number.
    const text = whole === ` ${ellipsis}` ? values : whole;
    return [span(` ${fitText(text, value + versus, ellipsis)}`, quiet)];
  }
  const role: Role = quiet === "dim" ? "dim" : plainRole(style.role);
  return [
    span(` ${fitText(found[1]!, value, ellipsis, "right")}`, role),
    span(fitText(wholeParts(comparison(found[2] ?? ""), versus, ellipsis), versus, ""), "dim"),
  ];
}

/** " over 80%" as " > 80%": columns are narrow. */
function comparison(text: string): string {
  return text.replaceAll(" over ", " > ").replaceAll(" under ", " < ");
}

/** As many whole parts of " > 80%, memory=95.0% > 75%" as fit: a number that is cut would be another one. */
function wholeParts(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) return text;
  const parts = text.split(", ");
  while (parts.length > 1 && widthOf(parts.join(", ") + ellipsis) > width) parts.pop();
  const kept = parts.join(", ");
  if (widthOf(kept + ellipsis) <= width) return kept + ellipsis;
  return widthOf(kept) <= width ? kept : ` ${ellipsis}`;
}

function cellsOf(view: View, row: ConsoleRow, indent: string): Cells {
  const { glyphs } = view;
  if (row.type === "incident") {
    const { incident, isOpen, isQuiet } = row;
    const members = membersOf(incident);
    const alert = causeOf(view, incident);
    return {
      style: incidentStyle(view, incident, isQuiet),
      severity: incident.severity,
      rule: `${isOpen ? glyphs.open : glyphs.closed} ${incidentTitle(incident)}`,
      entity: incident.entity,
      values: alert === undefined ? "" : valuesText(alert),
      age: incidentAge(view, incident),
      marks: incidentMarks(view, incident, members),
      isTitle: true,
    };
  }
  if (row.type === "alert") {
    const { alert, role } = row;
    const style = alertStyle(view, alert);
    return {
      style,
      severity: alert.severity,
      rule: `${indent.repeat(role === undefined ? 0 : role === "cause" ? 1 : 2)}${alert.rule}`,
      entity: alert.entity,
      values: valuesText(alert),
      age: ageText(view, alert),
      marks: marksBeside(view, alert, style.state),
      isTitle: false,
    };
  }
  const { member, severity } = row;
  return {
    style: { sign: glyphs.middot, state: "ended", word: "ended", role: "dim" },
    severity,
    rule: `${indent.repeat(member.role === "cause" ? 1 : 2)}${member.rule}`,
    entity: member.entity,
    values: "",
    age: "",
    marks: [],
    isTitle: false,
  };
}
