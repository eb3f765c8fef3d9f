import { unitSign } from "../../core/text.ts";
import { brokenEntities } from "../tables/entity-columns.ts";
import { fitText, span } from "../text/line.ts";
import { emptyRows, noMatch, scrollTop } from "../text/rows.ts";
import { cellValue, headlineOf, kindOf } from "../text/values.ts";
import type { PanelKind } from "./types.ts";

/** Columns of the headline and of the sign of its unit. */
const VALUE = 8;
const SIGN = 3;

/** For the smallest screens: an entity is a sign, a name, its headline and whether it has an active fault. */
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
    const top = scrollTop(
      entities.findIndex(({ name }) => name === selected?.name),
      entities.length,
      size.height,
    );
    return entities.slice(top, top + size.height).map((entity) => {
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
  },
};
