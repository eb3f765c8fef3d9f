import { formatCountdown } from "../../core/text.ts";
import { fitText, type Line, span } from "../text/line.ts";
import type { View } from "../view.ts";
import { alertStyle, byUrgency, ruleWidthOf } from "./alerts.ts";
import { cardClauses, timeLeft } from "./faults.ts";
import type { PanelKind } from "./types.ts";

/** For small screens: the most urgent alerts and the newest faults in a line or two. */
export const ticker: PanelKind = {
  kind: "ticker",
  description: "the most urgent alerts and the newest faults, for small screens",
  title: () => "",
  paint(view, size) {
    const alerts = alertLines(view);
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

function alertLines(view: View): Line[] {
  const { snapshot, glyphs, size } = view;
  if (snapshot.alerts.length === 0) return [[span(" no alerts: no rule is firing", "dim")]];
  const ruleWidth = ruleWidthOf(snapshot.alerts, size.width);
  return byUrgency(snapshot.alerts).map((alert) => {
    const { sign, word, role } = alertStyle(view, alert);
    const rule = fitText(alert.rule, ruleWidth, glyphs.ellipsis);
    return [
      span(` ${fitText(`${sign} ${word}`, 11, "")}`, role),
      span(`${rule} ${alert.message}`, role === "dim" ? "dim" : "text"),
    ];
  });
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
