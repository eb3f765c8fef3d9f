import type { EntitySnapshot } from "../../monitor/types.ts";
import { sparkline } from "../charts/sparkline.ts";
import { isCommonSort } from "../state.ts";
import {
  brokenEntities,
  type EntityColumn,
  NAME_WIDTH,
  type SectionColumns,
  sectionColumns,
} from "../tables/entity-columns.ts";
import { hiddenNote } from "../tables/hidden-entities.ts";
import { totalsText } from "../tables/kind-totals.ts";
import { fitText, type Line, type Span, span, widthOf } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows, noMatch, scrollTop } from "../text/rows.ts";
import { counted, headlineOf, measureOf } from "../text/values.ts";
import { lastTextOf } from "../text/window-text.ts";
import type { Section, View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** A row of the table before painting: the heading of a section, or an entity. */
interface Entry {
  readonly section: Section;
  /** Undefined for the heading. */
  readonly entity: EntitySnapshot | undefined;
}

/** The table of entities: a section per kind, a line per entity, fixed columns. */
export const entities: PanelKind = {
  kind: "entities",
  description: "the table of entities, a section per kind, with the columns of that kind",
  title(view) {
    const { entities: shown, snapshot, ui } = view;
    const all = snapshot.entities.length;
    const filtered = ui.filter === "" ? "" : `, ${shown.length} of ${all} match "${ui.filter}"`;
    return `${contents(view)}, ${lastTextOf(view.entities, snapshot, snapshot.at)}${sorting(view)}${filtered}${totals(view)}`;
  },
  items: ({ entities: shown }) => shown.map(({ name }) => name),
  selects: true,
  footnote(view, { height }) {
    if (view.entities.length === 0) return undefined;
    return hiddenNote(view.entities, new Set(visible(view, height).flatMap(({ entity }) => entity ?? [])));
  },
  paint(view, size) {
    const { entities: shown, sections, selected, ui } = view;
    if (shown.length === 0) return emptyRows(noMatch(ui.filter), size);
    const nameWidth = nameWidthOf(view);
    const broken = brokenEntities(view);
    const columns = new Map(
      sections.map(({ kind }) => [kind, sectionColumns(kind, size.width, nameWidth)] as const),
    );
    return visible(view, size.height).map(({ section, entity }): Row => {
      const own = columns.get(section.kind)!;
      if (entity === undefined) return { line: heading(view, section, own) };
      const isSelected = entity.name === selected?.name;
      const marker = isSelected ? span(`${view.glyphs.selection} `, "accent") : span("  ");
      const name = fitText(entity.name, nameWidth, view.glyphs.ellipsis);
      const cells = own.cells.flatMap((column) => [span("  "), column.paint(view, entity)]);
      const spark = own.sparkWidth > 0 ? [span("  "), ...sparkline(view, entity, own.sparkWidth)] : [];
      const mark = span(broken.has(entity.name) ? ` ${view.glyphs.fault}` : "  ", "fault");
      return {
        line: [marker, span(name, isSelected ? "title" : "text"), ...cells, ...spark, mark],
        selected: isSelected,
      };
    });
  },
};

/** What the shown entities add up to, if they are of one kind. */
function totals({ sections }: View): string {
  const [only] = sections;
  const text = sections.length === 1 ? totalsText(only!.kind, only!.entities) : "";
  return text === "" ? "" : `, together ${text}`;
}

function contents({ sections }: View): string {
  if (sections.length === 0) return "entities";
  if (sections.length === 1) return sections[0]!.kind.title;
  return sections.map(({ kind, entities }) => counted(entities.length, kind)).join(", ");
}

/** Names the sections that are sorted, unless all are. A kind without the measure is not sorted by it. */
function sorting({ ui, sections }: View): string {
  if (ui.sort === "config" && !ui.reversed) return "";
  const reversed = ui.reversed ? " reversed" : "";
  if (isCommonSort(ui.sort)) return `, by ${ui.sort}${reversed}`;
  const sorted = sections.filter(({ kind }) => measureOf(kind, ui.sort) !== undefined);
  if (sorted.length === 0) return "";
  const which =
    sorted.length < sections.length ? `${sorted.map(({ kind }) => kind.title).join(" and ")} ` : "";
  return `, ${which}by ${measureOf(sorted[0]!.kind, ui.sort)!.title}${reversed}`;
}

/** Computed from all entities, so that columns do not move while scrolling and filtering. */
function nameWidthOf({ snapshot, sections }: View): number {
  let longest: number = NAME_WIDTH.min;
  for (const { name } of snapshot.entities) longest = Math.max(longest, widthOf(name));
  for (const { kind } of sections) longest = Math.max(longest, widthOf(kind.title));
  return Math.min(longest, NAME_WIDTH.max);
}

/** The visible rows: they include the selected entity, and the heading of the topmost section is first. */
function visible({ sections, selected }: View, height: number): readonly Entry[] {
  const all = sections.flatMap((section): Entry[] => [
    { section, entity: undefined },
    ...section.entities.map((entity) => ({ section, entity })),
  ]);
  const cursor = all.findIndex(({ entity }) => entity !== undefined && entity.name === selected?.name);
  // The first row is always a heading; only the others scroll.
  let top = scrollTop(cursor - 1, all.length - 1, height - 1);
  // A heading directly above another would have no rows.
  const next = all[top + 1];
  if (all[top]!.entity !== undefined && next?.entity === undefined && top + height < all.length) top += 1;
  const [first, ...rest] = all.slice(top, top + height);
  const entries = [{ section: first!.section, entity: undefined }, ...rest];
  // A heading at the bottom edge would have no rows either.
  return entries.length > 1 && entries.at(-1)!.entity === undefined ? entries.slice(0, -1) : entries;
}

function heading(
  { ui, sections, glyphs }: View,
  { kind }: Section,
  { cells, nameWidth, sparkWidth }: SectionColumns,
) {
  const title = (column: EntityColumn): Span => {
    const isSorted = column.sort === ui.sort;
    return span(fitText(column.heading, column.width, "", column.align), isSorted ? "accent" : "dim");
  };
  const several = sections.length > 1;
  const name = fitText(several ? kind.title : kind.kind, nameWidth, "");
  const line: Line = [
    span(`  ${name}`, ui.sort === "name" ? "accent" : several ? "title" : "dim"),
    ...cells.flatMap((column) => [span("  "), title(column)]),
  ];
  if (sparkWidth === 0) return line;
  const { title: measure } = headlineOf(kind);
  const texts = [`${measure}, last minute`, `${measure}, 1m`, measure];
  const text = texts.find((each) => widthOf(each) <= sparkWidth) ?? measure;
  return [...line, span(`  ${fitText(text, sparkWidth, glyphs.ellipsis)}`, "dim")];
}
