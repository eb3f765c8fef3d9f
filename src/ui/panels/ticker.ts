import { formatCountdown } from "../../core/text.ts";
import { recentRows } from "../alerts/subject.ts";
import { fitText, type Line, span } from "../text/line.ts";
import type { View } from "../view.ts";
import { briefOf, ruleWidthOf } from "./alerts.ts";
import { cardClauses, timeLeft } from "./faults.ts";
import type { PanelKind } from "./types.ts";

/** For small screens: the most urgent alerts and the newest faults in a line or two. */
export const ticker: PanelKind = {
  kind: "ticker",
  description: "the most urgent alerts and the newest faults, for small screens",
  title: () => "",
  paint(view, size) {
    const alerts = alertLines(view, size.height);
    const faults = faultLines(view);
    const forFaults = Math.min(
      faults.length,
      Math.max(size.height - alerts.length, Math.floor(size.height / 2)),
    );
    return [...alerts.slice(0, size.height - forFaults), ...faults.slice(0, forFaults)].map((line) => ({
      line,
    }));
  },
};

function alertLines(view: View, most: number): Line[] {
  const { snapshot, glyphs, size } = view;
  const top = recentRows(view);
  if (top.length === 0) return [[span(" no alerts: no rule is firing", "dim")]];
  const ruleWidth = ruleWidthOf(snapshot, size.width);
  return top.slice(0, most).flatMap((row): Line[] => {
    const brief = briefOf(view, row);
    if (brief === undefined) return [];
    const { sign, word, role, rule, name, clauses } = brief;
    const [values, ...marks] = rule === undefined ? ["", ...clauses] : clauses;
    const what =
      rule === undefined ? name : `${fitText(rule, ruleWidth, glyphs.ellipsis)} ${name}: ${values}`;
    // What an operator has said comes before numbers that a narrow screen cuts.
    const said = marks.filter((mark) => /^(acked|silenced)/.test(mark));
    const rest = marks.filter((mark) => !said.includes(mark));
    const text =
      rule === undefined ? [what, ...said, ...rest].join("  ") : withMarks(what, said, rest, size.width);
    return [
      [span(` ${fitText(`${sign} ${word}`, 12, "")}`, role), span(text, role === "dim" ? "dim" : "text")],
    ];
  });
}

/** Marks of operators stay on the screen: the values before them are cut. */
function withMarks(what: string, said: readonly string[], rest: readonly string[], width: number): string {
  if (said.length === 0) return [what, ...rest].join("  ");
  const marks = `  ${said.join("  ")}`;
  const room = width - 13 - marks.length;
  const shown = what.length > room && room > 20 ? `${what.slice(0, room - 1)}` : what;
  return [`${shown}${marks}`, ...rest].join("  ");
}

function faultLines(view: View): Line[] {
  const { snapshot, glyphs } = view;
  return snapshot.faults.flatMap((card): Line[] => {
    const active = card.endedAt === undefined;
    const left = active ? ` ${formatCountdown(timeLeft(card, snapshot.at))}` : "";
    const what = ` ${active ? glyphs.fault : glyphs.resolved} ${card.label} on ${card.entity}${left}`;
    const clauses = cardClauses(card, view).join(` ${glyphs.middot} `);
    return [[span(what, active ? "fault" : "dim")], [span(`   ${clauses}`, "dim")]];
  });
}
