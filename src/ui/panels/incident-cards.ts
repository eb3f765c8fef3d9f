import { meanText, statisticsOf } from "../alerts/statistics.ts";
import { fitText, type Line, type Role, span } from "../text/line.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

interface Card {
  readonly label: string;
  readonly short: string;
  readonly value: string;
  readonly words: string;
  readonly role: Role;
}

/** The numbers about incidents of the last 24 hours, side by side. */
export const incidentCards: PanelKind = {
  kind: "incident-cards",
  description: "incidents of the last 24 hours in numbers, with the mean times of their handling",
  title: () => "incidents, last 24 h",
  paint(view, size) {
    const cards = cardsOf(view);
    const perRow = size.width >= 90 ? cards.length : 3;
    const width = Math.floor(size.width / perRow);
    if (size.height < 3 || perRow < cards.length) return narrow(cards, perRow, width, size.height);
    const cells = (text: (card: Card) => string, role: (card: Card) => Role): Line =>
      cards.map((card) => span(fitText(text(card), width, ""), role(card)));
    return [
      {
        line: cells(
          ({ label }) => label,
          () => "dim",
        ),
      },
      {
        line: cells(
          ({ value }) => value,
          ({ role }) => role,
        ),
      },
      {
        line: cells(
          ({ words }) => words,
          () => "dim",
        ),
      },
    ];
  },
};

/** Label and value in one cell, as many rows as needed. */
function narrow(cards: readonly Card[], perRow: number, width: number, height: number) {
  const rows: { readonly line: Line }[] = [];
  for (let from = 0; from < cards.length && rows.length < height; from += perRow) {
    const line = cards.slice(from, from + perRow).flatMap(({ short, value, role }): Line => {
      const room = Math.max(0, width - short.length - 1);
      return [span(`${short} `.slice(0, width), "dim"), span(fitText(value, room, ""), role)];
    });
    rows.push({ line });
  }
  return rows;
}

function cardsOf(view: View): readonly Card[] {
  const { count, open, firing, mttdMs, mttaMs, mttrMs } = statisticsOf(view);
  const { dash } = view.glyphs;
  return [
    { label: "incidents", short: "total", value: String(count), words: "in 24 h", role: "title" },
    {
      label: "open",
      short: "open",
      value: String(open),
      words: "not resolved",
      role: open > 0 ? "critical" : "title",
    },
    {
      label: "firing",
      short: "firing",
      value: String(firing),
      words: "alerts",
      role: firing > 0 ? "critical" : "title",
    },
    { label: "MTTD", short: "MTTD", value: meanText(mttdMs, dash), words: "until detected", role: "title" },
    { label: "MTTA", short: "MTTA", value: meanText(mttaMs, dash), words: "until acked", role: "title" },
    { label: "MTTR", short: "MTTR", value: meanText(mttrMs, dash), words: "until recovered", role: "title" },
  ];
}
