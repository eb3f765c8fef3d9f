import { formatCount, formatCountdown, formatDuration, formatTime } from "../../core/text.ts";
import type { FaultCard } from "../../monitor/types.ts";
import { widthOf } from "../../terminal/character-width.ts";
import { fitText, span } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** The cards that belong on this view: in the detail of a service those that touched it. */
export function cardsOf({ snapshot, ui, selected }: View): readonly FaultCard[] {
  if (ui.view !== "detail" || !selected) return snapshot.faults;
  return snapshot.faults.filter(
    (card) => card.service === selected.name || card.spreadTo.includes(selected.name),
  );
}

const BAR = 8;

/** The cards of faults: what was injected, how long it still lasts, and what it has done. */
export const faults: PanelKind = {
  kind: "faults",
  title(view) {
    const running = cardsOf(view).filter(({ endedAt }) => endedAt === undefined).length;
    return `faults: ${running} running`;
  },
  items: (view) => cardsOf(view).length,
  paint(view, size) {
    const cards = cardsOf(view);
    if (cards.length === 0) return emptyRows("no faults yet: select a service and press f to break it", size);
    const focused = view.ui.focus === "faults";
    const cursor = Math.min(view.ui.cursors.faults ?? 0, cards.length - 1);
    // Cards differ in height, so the cursor's card is brought into sight by starting there at the latest.
    const top = focused ? scrollTop(cursor, cards.length, Math.max(1, Math.floor(size.height / 3))) : 0;
    return cards
      .slice(top)
      .flatMap((card, index) => cardRows(view, card, size.width, focused && top + index === cursor))
      .slice(0, size.height);
  },
};

function cardRows(view: View, card: FaultCard, width: number, selected: boolean): readonly Row[] {
  const role = card.endedAt === undefined ? "text" : "dim";
  const story = packed(cardStory(card, view), ` ${view.glyphs.middot} `, width - 2);
  return [
    { line: cardHead(view, card, width), selected },
    ...story.map((text) => ({ line: [span(`  ${text}`, role)], selected })),
  ];
}

/** Clauses joined into as few lines of at most `width` columns as they need; none is broken. */
function packed(clauses: readonly string[], joint: string, width: number): string[] {
  const lines: string[] = [];
  for (const clause of clauses) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last + joint + clause) <= width)
      lines[lines.length - 1] = last + joint + clause;
    else lines.push(clause);
  }
  return lines;
}

function cardHead(view: View, card: FaultCard, width: number) {
  const { glyphs, snapshot } = view;
  const what = `${card.label} on ${card.service}`;
  if (card.endedAt !== undefined) {
    const when = `${formatTime(card.injectedAt)}, ${card.endedBy === "time" ? "ran out" : "cleared"}`;
    const sign = card.healedAfterMs === undefined ? glyphs.health.unknown : glyphs.resolved;
    return [
      span(`${sign} `, "dim"),
      span(fitText(what, width - 3 - when.length, glyphs.ellipsis)),
      span(` ${when}`, "dim"),
    ];
  }
  const left = timeLeft(card, snapshot.at);
  const full = Math.max(0, Math.min(BAR, Math.ceil((left / (card.endsAt - card.injectedAt)) * BAR)));
  const countdown = `ends in ${formatCountdown(left).padStart(5)} `;
  return [
    span(`${glyphs.fault} `, "fault"),
    span(fitText(what, Math.max(10, width - 2 - countdown.length - 1 - BAR), glyphs.ellipsis), "fault"),
    span(` ${countdown}`),
    span(glyphs.barFull.repeat(full), "fault"),
    span(glyphs.barEmpty.repeat(BAR - full), "dim"),
  ];
}

/** Until it ends by itself, ms. One that was injected after the newest tick has all its time before it. */
export function timeLeft({ injectedAt, endsAt }: FaultCard, at: number): number {
  return endsAt - Math.max(injectedAt, at);
}

/** What the fault has done so far, in short clauses. */
export function cardStory(card: FaultCard, { snapshot, glyphs }: View): string[] {
  const ms = (value: number) => formatCount(Math.round(value));
  const clauses: string[] = [];
  if (card.detectedBy)
    clauses.push(`detected in ${formatDuration(card.detectedAfterMs!)} by ${card.detectedBy.rule}`);
  else clauses.push(card.healedAfterMs === undefined ? "no alert yet" : "no alert fired");
  clauses.push(`p99 ${ms(card.baselineP99)} ${glyphs.arrow} ${ms(card.peakP99)} ms`);
  if (card.healedAfterMs !== undefined) {
    clauses.push(
      card.healedAfterMs === 0 ? "health never sank" : `healed in ${formatDuration(card.healedAfterMs)}`,
    );
  } else if (card.endedAt !== undefined) {
    clauses.push(`healing for ${formatDuration(Math.floor((snapshot.at - card.endedAt) / 1000) * 1000)}`);
  }
  if (card.spreadTo.length > 0) clauses.push(`spread to ${card.spreadTo.join(", ")}`);
  return clauses;
}
