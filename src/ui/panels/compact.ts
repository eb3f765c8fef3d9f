import { unitSign } from "../../core/text.ts";
import { brokenEntities } from "../tables/entity-columns.ts";
import { hiddenNote } from "../tables/hidden-entities.ts";
import { fitText, span } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows, noMatch, scrollTop } from "../text/rows.ts";
import { cellValue, headlineOf, kindOf } from "../text/values.ts";
import type { PanelKind } from "./types.ts";

/** Columns of the headline and of its unit. */
const VALUE = 8;
const SIGN = 3;

/** For the smallest screens: health, name, headline and fault mark of each entity. */
export const compact: PanelKind = {
  kind: "compact",
  description: "a list for small screens: health, name and the most important measure",
  title: () => "",
  items: ({ entities }) => entities.map(({ name }) => name),
  selects: true,
  paint(view, size) {
    const { entities, selected, glyphs } = view;
    if (entities.length === 0) return emptyRows(noMatch(view.ui.filter), size);
    const broken = brokenEntities(view);
    // The count of those without a row takes the last one.
    const height = entities.length > size.height && size.height > 1 ? size.height - 1 : size.height;
    const top = scrollTop(
      entities.findIndex(({ name }) => name === selected?.name),
      entities.length,
      height,
    );
    const shown = entities.slice(top, top + height);
    const note = height < size.height ? hiddenNote(entities, new Set(shown)) : undefined;
    const rows = shown.map((entity): Row => {
      const isSelected = entity.name === selected?.name;
      const measure = headlineOf(kindOf(view, entity));
      const { text, role } = cellValue(view, entity, measure);
      const sign = unitSign(measure.unit);
      return {
        selected: isSelected,
        line: [
          span(isSelected ? `${glyphs.selection} ` : "  ", "accent"),
          span(`${glyphs.health[entity.health]} `, entity.health),
          span(
            fitText(entity.name, Math.max(6, size.width - 4 - VALUE - SIGN - 2), glyphs.ellipsis),
            isSelected ? "title" : "text",
          ),
          span(fitText(text, VALUE, "", "right"), role),
          span(fitText(sign === "ms" ? " ms" : sign, SIGN, ""), "dim"),
          span(broken.has(entity.name) ? ` ${glyphs.fault}` : "  ", "fault"),
        ],
      };
    });
    return note === undefined ? rows : [...rows, { line: [span("    "), note] }];
  },
};
