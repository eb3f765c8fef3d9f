import type { Link, LinkType } from "../../core/entity.ts";
import { LINK_TYPES } from "../../core/entity.ts";
import type { Measure } from "../../core/measure.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import { fitText, type Line, type Span, span } from "../text/line.ts";
import { emptyRows } from "../text/rows.ts";
import { cellValue, headlineOf, kindOf, measureOf, withSign } from "../text/values.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** The minimum width with the health as text and a second measure. */
const WORD_FROM = 36;
const SECOND_FROM = 44;
const VALUE = 9;

/** Texts for outgoing and incoming links. */
const WORDS: Readonly<Record<LinkType, readonly [to: string, from: string]>> = {
  calls: ["calls", "called by"],
  publishes: ["publishes to", "published to by"],
  consumes: ["consumes", "consumed by"],
  "part-of": ["part of", "parts"],
  replicates: ["replicates", "replicated by"],
};

/** The dependencies of the selected entity, with health and most important measures. */
export const dependencies: PanelKind = {
  kind: "dependencies",
  description: "the entities that the selected one links to and that link to it, with health and headline",
  title(view) {
    const { selected } = view;
    const near = selected ? [...selected.links, ...selected.linkedFrom] : [];
    const shown = near.flatMap(({ to }) => {
      const entity = find(view, to);
      return entity ? measuresOf(view, entity).map(({ title }) => title) : [];
    });
    return ["dependencies: health", ...new Set(shown)].join(", ");
  },
  paint(view, size) {
    const { selected } = view;
    if (!selected) return emptyRows("nothing is selected", size);
    const { links, linkedFrom } = selected;
    if (links.length + linkedFrom.length === 0) return emptyRows("no dependencies: it has no links", size);
    const lines = LINK_TYPES.flatMap((type) => [
      ...group(view, WORDS[type][0], type, links, size.width),
      ...group(view, WORDS[type][1], type, linkedFrom, size.width),
    ]);
    return lines.slice(0, size.height).map((line) => ({ line }));
  },
};

function group(view: View, title: string, type: LinkType, links: readonly Link[], width: number): Line[] {
  const own = links.filter((link) => link.type === type);
  if (own.length === 0) return [];
  return [[span(title, "dim")], ...own.map(({ to }) => linkedRow(view, to, width))];
}

function linkedRow(view: View, name: string, width: number): Line {
  const entity = find(view, name);
  if (!entity) return [span(`  ${name} is not monitored`, "dim")];
  const { glyphs } = view;
  const measures = measuresOf(view, entity);
  const values = (width < SECOND_FROM ? measures.slice(-1) : measures).map((measure): Span => {
    const { text, role } = cellValue(view, entity, measure);
    const signed = text === glyphs.dash ? text : withSign(text, measure);
    return span(fitText(signed, VALUE, glyphs.ellipsis, "right"), role);
  });
  // The symbol also shows the health: on little space the name is more important than the text.
  const word = width < WORD_FROM ? "" : ` ${fitText(entity.health.toUpperCase(), 10, "")}`;
  const space = Math.max(1, width - 4 - word.length - values.length * VALUE);
  return [
    span(`  ${glyphs.health[entity.health]} `, entity.health),
    span(fitText(name, space, glyphs.ellipsis)),
    span(word, entity.health),
    ...values,
  ];
}

/** The first bar measure of the kind, usually errors, and the headline. */
function measuresOf(view: View, entity: EntitySnapshot): readonly Measure[] {
  const kind = kindOf(view, entity);
  const headline = headlineOf(kind);
  const first = measureOf(kind, kind.bars[0] ?? "");
  return first === undefined || first === headline ? [headline] : [first, headline];
}

function find({ snapshot }: View, name: string): EntitySnapshot | undefined {
  return snapshot.entities.find((entity) => entity.name === name);
}
