import { formatCountdown, formatDuration, formatTime } from "../../core/text.ts";
import type { FaultCard } from "../../monitor/types.ts";
import { widthOf } from "../../terminal/character-width.ts";
import { fitText, span } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows, scrollTop } from "../text/rows.ts";
import { kindOf, measureOf, measureText, withSign } from "../text/values.ts";
import type { View } from "../view.ts";
import { cursorIndex, scopeOf } from "./cursor.ts";
import type { PanelInstance, PanelKind } from "./types.ts";

/** The cards of a panel: all, or those of faults that affected the entity in its scope. */
export function cardsOf(view: View, panel: PanelInstance): readonly FaultCard[] {
  const scope = scopeOf(view, panel);
  const { faults: cards } = view.snapshot;
  if (!scope) return cards;
  return cards.filter(({ entity, spreadTo }) => entity === scope.name || spreadTo.includes(scope.name));
}

/** The keys of cards as items of a panel. */
export function cardKeys(cards: readonly FaultCard[]): readonly string[] {
  return cards.map(({ id }) => String(id));
}

const BAR = 8;

/** Injected faults with their remaining time and effects. */
export const faults: PanelKind = {
  kind: "faults",
  description: "injected faults with remaining time and effects; option scope: all or selected",
  title(view, panel) {
    const active = cardsOf(view, panel).filter(({ endedAt }) => endedAt === undefined).length;
    return `faults: ${active} active`;
  },
  items: (view, panel) => cardKeys(cardsOf(view, panel)),
  entityOf: ({ snapshot }, item) => snapshot.faults.find(({ id }) => String(id) === item)?.entity,
  paint(view, size, panel) {
    const cards = cardsOf(view, panel);
    if (cards.length === 0)
      return emptyRows("no faults yet: select an entity and press f to inject one", size);
    const focused = view.ui.focus === panel.id;
    const cursor = cursorIndex(view, panel, cardKeys(cards));
    // Cards differ in height: start at the cursor's card at the latest, so that it is visible.
    const top = focused ? scrollTop(cursor, cards.length, Math.max(1, Math.floor(size.height / 3))) : 0;
    return cards
      .slice(top)
      .flatMap((card, index) => cardRows(view, card, size.width, focused && top + index === cursor))
      .slice(0, size.height);
  },
};

function cardRows(view: View, card: FaultCard, width: number, selected: boolean): readonly Row[] {
  const role = card.endedAt === undefined ? "text" : "dim";
  const clauses = packed(cardClauses(card, view), ` ${view.glyphs.middot} `, width - 2);
  return [
    { line: cardHead(view, card, width), selected },
    ...clauses.map((text) => ({ line: [span(`  ${text}`, role)], selected })),
  ];
}

/** Joins clauses into as few lines of at most `width` columns as possible, without breaking a clause. */
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
  const what = `${card.label} on ${card.entity}`;
  if (card.endedAt !== undefined) {
    const when = `${formatTime(card.injectedAt)}, ${card.endedBy === "time" ? "expired" : "cleared"}`;
    const sign = card.recoveredAfterMs === undefined ? glyphs.health.unknown : glyphs.resolved;
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

/** Remaining time, ms; the full duration for a fault injected after the newest tick. */
export function timeLeft({ injectedAt, endsAt }: FaultCard, at: number): number {
  return endsAt - Math.max(injectedAt, at);
}

/** The effects of the fault so far, as short clauses. */
export function cardClauses(card: FaultCard, view: View): string[] {
  const { snapshot } = view;
  const clauses: string[] = [];
  if (card.detectedBy)
    clauses.push(`detected in ${formatDuration(card.detectedAfterMs!)} by ${card.detectedBy.rule}`);
  else clauses.push(card.recoveredAfterMs === undefined ? "no alert yet" : "no alert fired");
  clauses.push(effect(view, card));
  if (card.recoveredAfterMs !== undefined) {
    clauses.push(
      card.recoveredAfterMs === 0
        ? "health never changed"
        : `recovered in ${formatDuration(card.recoveredAfterMs)}`,
    );
  } else if (card.endedAt !== undefined) {
    clauses.push(`recovering for ${formatDuration(Math.floor((snapshot.at - card.endedAt) / 1000) * 1000)}`);
  }
  if (card.spreadTo.length > 0) clauses.push(`spread to ${card.spreadTo.join(", ")}`);
  return clauses;
}

/** The measure that shows the fault, baseline and worst value: "p99 45 → 1,020 ms". */
function effect({ snapshot, kinds, glyphs, ...view }: View, card: FaultCard): string {
  const { measure: id, baseline, peak } = card;
  const entity = snapshot.entities.find(({ name }) => name === card.entity);
  const owners = entity ? [kindOf({ kinds, ...view }, entity)] : [...kinds.entities.values()];
  const measure = owners.map((kind) => measureOf(kind, id)).find((each) => each !== undefined);
  if (measure === undefined) return id;
  const text = (value: number) => (Number.isNaN(value) ? glyphs.dash : measureText(value, measure));
  const worst = Number.isNaN(peak) ? glyphs.dash : withSign(text(peak), measure);
  return `${measure.title} ${text(baseline)} ${glyphs.arrow} ${worst}`;
}
