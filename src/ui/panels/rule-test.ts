import type { RuleTrialStep } from "../../monitor/types.ts";
import { ruleText } from "../alerts/alert-facts.ts";
import { parseValues } from "../commands/test-values.ts";
import { fitText, type Line, type Role, span, wrap } from "../text/line.ts";
import { emptyRows, type Row } from "../text/rows.ts";
import type { Size, View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** The dialog that tests a rule: values are typed, and the state of the alert after each is shown. */
export const ruleTest: PanelKind = {
  kind: "rule-test",
  description: "tests a rule over typed values, one per tick: the state of the alert after each",
  title: ({ ui }) => (ui.mode.type === "rule-test" ? `test of ${ui.mode.rule}` : "test of a rule"),
  paint(view, size) {
    const { mode } = view.ui;
    if (mode.type !== "rule-test")
      return emptyRows("no rule is being tested: shows the state after each value", size);
    const prompt: Line = [span("values: ", "dim"), span(mode.text), span("_", "accent")];
    const about = view.snapshot.rules
      .filter(({ name }) => name === mode.rule)
      .flatMap((rule) => wrap(ruleText(rule), size.width));
    const head: readonly Row[] = [
      ...(size.height >= 7 ? about.slice(0, 2) : []).map((text): Row => ({ line: [span(text, "dim")] })),
      { line: prompt },
    ];
    const left = { ...size, height: size.height - head.length };
    return [...head, ...resultRows(view, mode.rule, mode.text, left)];
  },
};

function resultRows(view: View, rule: string, text: string, size: Size): readonly Row[] {
  const values = parseValues(text);
  if (typeof values === "string") return emptyRows(values, size);
  if (values.length === 0)
    return emptyRows(
      "type values of its measure, one per tick: 95 50 10; shares as 0.95, or in percent",
      size,
    );
  const steps = view.tryRule(rule, values);
  if (typeof steps === "string") return emptyRows(steps, size);
  const heading: Row = {
    line: [span(`${fitText("tick", 5, "", "right")} ${fitText("value", 10, "", "right")}  state`, "dim")],
  };
  // The newest values are those that are being typed.
  const shown = steps
    .map((step, nth) => ({ line: stepLine(view, step, nth + 1, size.width) }))
    .slice(-(size.height - 1));
  return [heading, ...shown];
}

function stepLine(
  { glyphs }: View,
  { value, state, message }: RuleTrialStep,
  tick: number,
  width: number,
): Line {
  const styles: Readonly<Record<string, { readonly sign: string; readonly role: Role }>> = {
    inactive: { sign: glyphs.health.healthy, role: "healthy" },
    pending: { sign: glyphs.warning, role: "degraded" },
    firing: { sign: glyphs.critical, role: "critical" },
    resolved: { sign: glyphs.resolved, role: "healthy" },
  };
  const { sign, role } = styles[state] ?? { sign: glyphs.middot, role: "dim" as const };
  return [
    span(`${fitText(String(tick), 5, "", "right")} `, "dim"),
    span(fitText(value, 10, glyphs.ellipsis, "right")),
    span(`  ${fitText(`${sign} ${state}`, 11, "")}`, role),
    ...(message === undefined
      ? []
      : [span(fitText(message, Math.max(0, width - 29), glyphs.ellipsis), "dim")]),
  ];
}
