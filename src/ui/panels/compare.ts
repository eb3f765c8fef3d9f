import { formatCount, formatDuration } from "../../core/text.ts";
import type { FaultCard } from "../../monitor/types.ts";
import { NAME_WIDTH } from "../tables/columns.ts";
import { type Compared, compareColumnsFor } from "../tables/compare-columns.ts";
import {
  comparedServices,
  hitScore,
  numbersIn,
  type Phase,
  type Phases,
  phasesOf,
} from "../tables/fault-phases.ts";
import { fitLine, fitText, type Line, span, widthOf } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows } from "../text/rows.ts";
import type { View } from "../view.ts";
import { cardsOf } from "./faults.ts";
import type { PanelKind } from "./types.ts";

const MARKER = 2;

/** What one fault did to every service: its numbers before, under and after it, the worst hit first. */
export const compare: PanelKind = {
  kind: "compare",
  title(view) {
    const card = chosenCard(view);
    if (!card) return "before, during and after a fault";
    const { before, during, after } = phases(view, card);
    const { arrow, dash } = view.glyphs;
    const length = (phase: Phase | undefined) => (phase ? formatDuration(phase.to - phase.from) : dash);
    const count = view.snapshot.services.length;
    const compared = comparedServices(card, view.snapshot.services).length;
    const some = compared < count ? `, ${compared} of ${formatCount(count)} services` : "";
    const times = `before ${length(before)} ${arrow} during ${length(during)} ${arrow} after ${length(after)}`;
    return `${card.label} on ${card.service}: ${times}${some}`;
  },
  paint(view, size) {
    const card = chosenCard(view);
    if (!card)
      return emptyRows(
        "no faults yet: before, during and after one, service by service, would be here",
        size,
      );
    const ranked = rank(view, card, Math.max(0, size.height - 1));
    const longest = Math.max(...ranked.map(({ service }) => widthOf(service.name)), NAME_WIDTH.min);
    const columns = compareColumnsFor(size.width - MARKER, NAME_WIDTH.min, Math.min(longest, NAME_WIDTH.max));
    const heading: Line = [
      span(`${" ".repeat(MARKER)}${fitText("service", columns.nameWidth, "")}`, "dim"),
      ...columns.cells.map(({ heading, width }) => span(columns.gap + heading.padStart(width), "dim")),
    ];
    const rows = [{ line: heading }, ...ranked.map((hit) => row(view, card, hit, columns))];
    return rows
      .slice(0, size.height)
      .map(({ line }) => ({ line: fitLine(line, size.width, view.glyphs.ellipsis) }));
  },
};

/** The fault under the cursor of the panel of faults. */
function chosenCard(view: View): FaultCard | undefined {
  const cards = cardsOf(view);
  return cards[Math.min(view.ui.cursors.faults ?? 0, cards.length - 1)];
}

/** The same for all services, so that their rows compare. */
function phases({ snapshot, live }: View, card: FaultCard): Phases {
  const broken = snapshot.services.find(({ name }) => name === card.service);
  return phasesOf(card, snapshot, broken?.stats.windowMs ?? snapshot.windowMs, live.at);
}

/** The worst hit, at most `most`. */
function rank(view: View, card: FaultCard, most: number): readonly Compared[] {
  const { snapshot } = view;
  const times = phases(view, card);
  const ranked = comparedServices(card, snapshot.services)
    .map((service) => {
      const before = numbersIn(snapshot, service.name, times.before);
      const during = numbersIn(snapshot, service.name, times.during);
      return { service, before, during, score: hitScore(before, during) };
    })
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most);
  // What came after decides no rank, so it is asked for only where it is shown.
  return ranked.map((hit) => ({ ...hit, after: numbersIn(snapshot, hit.service.name, times.after) }));
}

function row(
  view: View,
  card: FaultCard,
  compared: Compared,
  { cells, nameWidth, gap }: ReturnType<typeof compareColumnsFor>,
): Row {
  const { name } = compared.service;
  const isBroken = name === card.service;
  const line: Line = [
    span(isBroken ? `${view.glyphs.fault} ` : " ".repeat(MARKER), "fault"),
    span(fitText(name, nameWidth, view.glyphs.ellipsis), isBroken ? "title" : "text"),
    ...cells.flatMap((column) => [span(gap), ...column.paint(view, compared)]),
  ];
  return { line };
}
