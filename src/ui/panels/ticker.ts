import { formatCountdown } from "../../core/text.ts";
import { fitText, type Line, span } from "../text/line.ts";
import type { View } from "../view.ts";
import { alertLook } from "./alerts.ts";
import { cardStory, timeLeft } from "./faults.ts";
import type { PanelKind } from "./types.ts";

/** For small screens: the newest alerts and faults in a line or two, so that neither pushes out the other. */
export const ticker: PanelKind = {
  kind: "ticker",
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
  const { snapshot, glyphs } = view;
  if (snapshot.alerts.length === 0) return [[span(" no alerts: all rules are quiet", "dim")]];
  return snapshot.alerts.map((alert) => {
    const { sign, word, role } = alertLook(view, alert);
    const rule = fitText(alert.rule, 16, glyphs.ellipsis);
    return [
      span(` ${fitText(`${sign} ${word}`, 11, "")}`, role),
      span(`${rule} ${alert.message}`, role === "dim" ? "dim" : "text"),
    ];
  });
}

function faultLines(view: View): Line[] {
  const { snapshot, glyphs } = view;
  return snapshot.faults.flatMap((card): Line[] => {
    const running = card.endedAt === undefined;
    const left = running ? ` ${formatCountdown(timeLeft(card, snapshot.at))}` : "";
    const what = ` ${running ? glyphs.fault : glyphs.resolved} ${card.label} on ${card.service}${left}`;
    const story = cardStory(card, view).join(` ${glyphs.middot} `);
    return [[span(what, running ? "fault" : "dim")], [span(`   ${story}`, "dim")]];
  });
}
