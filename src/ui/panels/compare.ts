import type { EntityKind } from "../../core/entity.ts";
import { formatCount, formatDuration } from "../../core/text.ts";
import type { EntitySnapshot, FaultCard } from "../../monitor/types.ts";
import { type Compared, compareColumnsFor } from "../tables/compare-columns.ts";
import { NAME_WIDTH } from "../tables/entity-columns.ts";
import {
  comparedEntities,
  comparedMeasures,
  type Phase,
  type Phases,
  phasesOf,
  valuesIn,
} from "../tables/fault-phases.ts";
import { worsening } from "../tables/worsening.ts";
import { fitLine, fitText, type Line, span, widthOf } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows } from "../text/rows.ts";
import type { Size, View } from "../view.ts";
import { cursorIndex } from "./cursor.ts";
import { cardKeys, cardsOf } from "./faults.ts";
import type { PanelInstance, PanelKind } from "./types.ts";

const MARKER = 2;

/**
 * The effect of a fault on the entities of one kind: their measures before, during and after it, worst first.
 */
export const compare: PanelKind = {
  kind: "compare",
  description:
    "effect of a fault: measures before, during and after it; option follows: the id of the faults panel",
  title(view, panel) {
    const card = chosenCard(view, panel);
    if (!card) return "before, during and after a fault";
    const { before, during, after } = phases(view, card);
    const { arrow, dash } = view.glyphs;
    const length = (phase: Phase | undefined) => (phase ? formatDuration(phase.to - phase.from) : dash);
    const kind = kindOfCard(view, card);
    const all = kind ? ofKind(view, kind) : [];
    const compared = comparedEntities(card, all).length;
    const some =
      compared < all.length ? `, ${compared} of ${formatCount(all.length)} ${kind?.title ?? "entities"}` : "";
    const times = `before ${length(before)} ${arrow} during ${length(during)} ${arrow} after ${length(after)}`;
    return `${card.label} on ${card.entity}: ${times}${some}`;
  },
  paint(view, size, panel) {
    const card = chosenCard(view, panel);
    const kind = card && kindOfCard(view, card);
    if (!card || !kind)
      return emptyRows("no faults yet: shows measures before, during and after a fault", size);
    const others = spreadSections(view, kind, card, size);
    const own = section(view, kind, card, ofKind(view, kind), {
      ...size,
      height: size.height - others.length,
    });
    return [...own, ...others]
      .slice(0, size.height)
      .map(({ line }) => ({ line: fitLine(line, size.width, view.glyphs.ellipsis) }));
  },
};

/** A heading and the most affected entities of one kind, in at most `size.height` rows. */
function section(
  view: View,
  kind: EntityKind,
  card: FaultCard,
  all: readonly EntitySnapshot[],
  size: Size,
): readonly Row[] {
  const ranked = rank(view, kind, card, all, Math.max(0, size.height - 1));
  const longest = Math.max(...ranked.map(({ entity }) => widthOf(entity.name)), NAME_WIDTH.min);
  const columns = compareColumnsFor(
    kind,
    ranked,
    size.width - MARKER,
    NAME_WIDTH.min,
    Math.min(longest, NAME_WIDTH.max),
  );
  const heading: Line = [
    span(`${" ".repeat(MARKER)}${fitText(kind.kind, columns.nameWidth, "")}`, "dim"),
    ...columns.cells.map((cell) => span(columns.gap + fitText(cell.heading, cell.width, "", "right"), "dim")),
  ];
  return [{ line: heading }, ...ranked.map((hit) => row(view, card, hit, columns))];
}

/** The entities of other kinds that the fault spread to, in half of the rows or what its own kind leaves. */
function spreadSections(view: View, kind: EntityKind, card: FaultCard, size: Size): readonly Row[] {
  const spread = view.snapshot.entities.filter(
    ({ name, kind: other }) => other !== kind.kind && card.spreadTo.includes(name),
  );
  let left = Math.max(Math.floor(size.height / 2), size.height - 1 - ofKind(view, kind).length);
  return [...Map.groupBy(spread, (entity) => entity.kind)].flatMap(([name, entities]) => {
    // A heading without a row would say nothing.
    if (left < 2) return [];
    const rows = section(view, view.kinds.entities.get(name)!, card, entities, { ...size, height: left });
    left -= rows.length;
    return rows;
  });
}

/** The fault at the cursor of the faults panel that this panel follows. */
function chosenCard(view: View, panel: PanelInstance): FaultCard | undefined {
  const cards = cardsOf(view, panel);
  return cards[cursorIndex(view, { id: String(panel.options.follows ?? "faults") }, cardKeys(cards))];
}

/** The kind of the entity with the fault; if it was removed, the first kind that the fault accepts. */
function kindOfCard({ snapshot, kinds, sections }: View, card: FaultCard): EntityKind | undefined {
  const entity = snapshot.entities.find(({ name }) => name === card.entity);
  const accepted = kinds.faults.find(({ kind }) => kind === card.kind)?.accepts[0];
  return kinds.entities.get(entity?.kind ?? accepted ?? "") ?? sections[0]?.kind;
}

function ofKind({ snapshot }: View, { kind }: EntityKind): readonly EntitySnapshot[] {
  return snapshot.entities.filter((entity) => entity.kind === kind);
}

/** The same for all entities, so that their rows are comparable. */
function phases({ snapshot, live }: View, card: FaultCard): Phases {
  const broken = snapshot.entities.find(({ name }) => name === card.entity);
  return phasesOf(card, snapshot, broken?.windowMs ?? snapshot.windowMs, live.at);
}

/** The most affected entities, at most `most`. */
function rank(
  view: View,
  kind: EntityKind,
  card: FaultCard,
  all: readonly EntitySnapshot[],
  most: number,
): readonly Compared[] {
  const { history } = view;
  const times = phases(view, card);
  const measures = comparedMeasures(kind);
  const ranked = comparedEntities(card, all)
    .map((entity) => {
      const before = valuesIn(history, kind, entity.name, times.before);
      const during = valuesIn(history, kind, entity.name, times.during);
      const score = measures.reduce(
        (sum, measure) =>
          sum + worsening(measure, before?.[measure.id] ?? Number.NaN, during?.[measure.id] ?? Number.NaN),
        0,
      );
      return { entity, before, during, score };
    })
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most);
  // The phase after the fault does not affect the ranking, so it is read only for shown rows.
  return ranked.map((hit) => ({ ...hit, after: valuesIn(history, kind, hit.entity.name, times.after) }));
}

function row(
  view: View,
  card: FaultCard,
  compared: Compared,
  { cells, nameWidth, gap }: ReturnType<typeof compareColumnsFor>,
): Row {
  const { name } = compared.entity;
  const isBroken = name === card.entity;
  const line: Line = [
    span(isBroken ? `${view.glyphs.fault} ` : " ".repeat(MARKER), "fault"),
    span(fitText(name, nameWidth, view.glyphs.ellipsis), isBroken ? "title" : "text"),
    ...cells.flatMap((column) => [span(gap), ...column.paint(view, compared)]),
  ];
  return { line };
}
