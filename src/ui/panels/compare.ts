import type { EntityKind } from "../../core/entity.ts";
import { formatCount, formatDuration } from "../../core/text.ts";
import type { EntitySnapshot, FaultCard } from "../../monitor/types.ts";
import { type Compared, compareColumnsFor, comparedMeasures } from "../tables/compare-columns.ts";
import { NAME_WIDTH } from "../tables/entity-columns.ts";
import { comparedEntities, type Phase, type Phases, phasesOf, valuesIn } from "../tables/fault-phases.ts";
import { worsening } from "../tables/worsening.ts";
import { fitLine, fitText, type Line, span, widthOf } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows } from "../text/rows.ts";
import type { View } from "../view.ts";
import { cursorIndex } from "./cursor.ts";
import { cardKeys, cardsOf } from "./faults.ts";
import type { PanelInstance, PanelKind } from "./types.ts";

const MARKER = 2;

/** What one fault did to the entities of one kind: their measures before, during and after it, the worst hit first. */
export const compare: PanelKind = {
  kind: "compare",
  description:
    "what a fault did: measures before, during and after it; option follows: the id of the panel of faults",
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
      return emptyRows("no faults yet: measures before, during and after a fault would be here", size);
    const ranked = rank(view, kind, card, Math.max(0, size.height - 1));
    const longest = Math.max(...ranked.map(({ entity }) => widthOf(entity.name)), NAME_WIDTH.min);
    const columns = compareColumnsFor(
      kind,
      size.width - MARKER,
      NAME_WIDTH.min,
      Math.min(longest, NAME_WIDTH.max),
    );
    const heading: Line = [
      span(`${" ".repeat(MARKER)}${fitText(kind.kind, columns.nameWidth, "")}`, "dim"),
      ...columns.cells.map((cell) =>
        span(columns.gap + fitText(cell.heading, cell.width, "", "right"), "dim"),
      ),
    ];
    const rows = [{ line: heading }, ...ranked.map((hit) => row(view, card, hit, columns))];
    return rows
      .slice(0, size.height)
      .map(({ line }) => ({ line: fitLine(line, size.width, view.glyphs.ellipsis) }));
  },
};

/** The fault under the cursor of the panel of faults that this one follows. */
function chosenCard(view: View, panel: PanelInstance): FaultCard | undefined {
  const cards = cardsOf(view, panel);
  return cards[cursorIndex(view, { id: String(panel.options.follows ?? "faults") }, cardKeys(cards))];
}

/** The kind of the entity that has the fault; where that is gone, the first that such a fault accepts. */
function kindOfCard({ snapshot, kinds, sections }: View, card: FaultCard): EntityKind | undefined {
  const entity = snapshot.entities.find(({ name }) => name === card.entity);
  const accepted = kinds.faults.find(({ kind }) => kind === card.kind)?.accepts[0];
  return kinds.entities.get(entity?.kind ?? accepted ?? "") ?? sections[0]?.kind;
}

function ofKind({ snapshot }: View, { kind }: EntityKind): readonly EntitySnapshot[] {
  return snapshot.entities.filter((entity) => entity.kind === kind);
}

/** The same for all entities, so that their rows compare. */
function phases({ snapshot, live }: View, card: FaultCard): Phases {
  const broken = snapshot.entities.find(({ name }) => name === card.entity);
  return phasesOf(card, snapshot, broken?.windowMs ?? snapshot.windowMs, live.at);
}

/** The worst hit, at most `most`. */
function rank(view: View, kind: EntityKind, card: FaultCard, most: number): readonly Compared[] {
  const { history } = view;
  const times = phases(view, card);
  const measures = comparedMeasures(kind);
  const ranked = comparedEntities(card, ofKind(view, kind))
    .map((entity) => {
      const before = valuesIn(history, entity.name, times.before);
      const during = valuesIn(history, entity.name, times.during);
      const score = measures.reduce(
        (sum, measure) =>
          sum + worsening(measure, before?.[measure.id] ?? Number.NaN, during?.[measure.id] ?? Number.NaN),
        0,
      );
      return { entity, before, during, score };
    })
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most);
  // What came after decides no rank, so it is read only where it is shown.
  return ranked.map((hit) => ({ ...hit, after: valuesIn(history, hit.entity.name, times.after) }));
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
