import type { RuleSnapshot } from "../../monitor/types.ts";
import { plainRole, severityRole } from "../alerts/style.ts";
import { fitText, type Line, type Role, span, widthOf } from "../text/line.ts";
import type { View } from "../view.ts";

/** The widths of the columns of the list of rules; 0: no room. They depend on the config and the terminal. */
export interface RuleColumns {
  readonly name: number;
  readonly kind: number;
  readonly severities: number;
  readonly condition: number;
}

const MARKER = 2;
const STATE = 10;
const COUNT = 8;
const GAP = 2;
const MOST_NAME = 28;
/** The name of a rule mostly says its kind; a condition is better read in full. */
const KIND_FROM = 140;
/** Below it, conditions need the room. */
const SEVERITIES_FROM = 100;

export function ruleColumns(rules: readonly RuleSnapshot[], width: number): RuleColumns {
  const longest = (texts: readonly string[]) =>
    texts.reduce((most, text) => Math.max(most, widthOf(text)), 4);
  const name = Math.min(longest(rules.map((rule) => rule.name)), MOST_NAME, Math.floor(width * 0.4));
  const kind = width >= KIND_FROM ? Math.min(longest(rules.map((rule) => rule.kind)), 16) : 0;
  const severities =
    width >= SEVERITIES_FROM ? longest(["severity", ...rules.map((rule) => rule.severities.join(" "))]) : 0;
  const taken = [name, kind, severities].reduce((sum, column) => sum + (column > 0 ? column + GAP : 0), 0);
  return { name, kind, severities, condition: Math.max(0, width - MARKER - STATE - taken - 2 * COUNT - GAP) };
}

export function ruleHeading({ name, kind, severities, condition }: RuleColumns): Line {
  const text = [
    " ".repeat(MARKER + STATE),
    cell("rule", name),
    cell("kind", kind),
    cell("severity", severities),
    fitText("pending", COUNT, "", "right"),
    fitText("firing", COUNT, "", "right"),
    cell("condition", condition),
  ];
  return [span(text.join(""), "dim")];
}

/** A cell with its gap; nothing for a column without room. */
function cell(text: string, width: number, ellipsis = ""): string {
  return width > 0 ? fitText("", GAP, "") + fitText(text, width, ellipsis) : "";
}

export function ruleLine(view: View, rule: RuleSnapshot, columns: RuleColumns, isCursor: boolean): Line {
  const { ellipsis, selection, dash } = view.glyphs;
  const { name, kind, condition, appliesTo, severities, enabled, pending, firing, problem } = rule;
  const quiet: Role = enabled ? "text" : "dim";
  const { text, role } = stateOf(view, rule);
  const worst = severities.at(-1);
  const count = (value: number) => fitText(value === 0 ? dash : String(value), COUNT, "", "right");
  return [
    span(isCursor ? `${selection} ` : "  ", "accent"),
    span(fitText(text, STATE, ""), role),
    span(cell(name, columns.name, ellipsis), quiet),
    span(
      cell(kind, columns.kind, ellipsis) + cell(severities.join(" "), columns.severities, ellipsis),
      "dim",
    ),
    span(count(pending), pending > 0 ? "text" : "dim"),
    span(count(firing), firing > 0 && worst !== undefined ? plainRole(severityRole(worst)) : "dim"),
    span(
      cell(problem ?? `${condition}, ${appliesTo}`, columns.condition, ellipsis),
      problem === undefined ? quiet : "degraded",
    ),
  ];
}

function stateOf(
  { glyphs }: View,
  { enabled, problem }: RuleSnapshot,
): { readonly text: string; readonly role: Role } {
  if (!enabled) return { text: `${glyphs.health.unknown} disabled`, role: "dim" };
  if (problem !== undefined) return { text: `${glyphs.warning} failing`, role: "degraded" };
  return { text: `${glyphs.health.healthy} enabled`, role: "healthy" };
}
