import { sortsFor } from "../sections.ts";
import { ZOOMS } from "../state.ts";
import type { View } from "../view.ts";
import { type ViewName, views } from "../views/index.ts";
import type { ViewSpec } from "../views/types.ts";
import type { Binding } from "./types.ts";

const viewBindings = (Object.entries(views) as [ViewName, ViewSpec][]).flatMap(
  ([name, { key, description }]): Binding[] =>
    key === undefined
      ? []
      : [
          {
            keys: [key],
            shown: key,
            word: name,
            description,
            group: "display",
            run: () => ({ ui: { type: "view", view: name } }),
          },
        ],
);

/** The next sort order; that of the config if the current one is not available for the selected entity. */
function nextSort({ ui, kinds, selected }: View): string {
  const sorts = sortsFor(selected && kinds.entities.get(selected.kind));
  return sorts[(sorts.indexOf(ui.sort) + 1) % sorts.length]!;
}

export const displayBindings: readonly Binding[] = [
  ...viewBindings,
  {
    keys: ["/"],
    shown: "/",
    word: "filter",
    description: "filter by name, kind, origin, health or label; alerts by words or matchers",
    group: "display",
    footer: 50,
    run: () => ({ ui: { type: "filter-open" } }),
  },
  {
    keys: ["s"],
    shown: "s",
    word: "sort",
    description: "sort the table by the next column",
    group: "display",
    footer: 60,
    run: (view) => ({ ui: { type: "sort", by: nextSort(view) } }),
  },
  {
    keys: ["S"],
    shown: "S",
    word: "reverse",
    description: "reverse sort order",
    group: "display",
    run: () => ({ ui: { type: "reverse" } }),
  },
  {
    keys: ["+", "="],
    shown: "+",
    word: "zoom in",
    description: "charts show less time",
    group: "display",
    when: ({ ui }) => (ui.zoomIndex > 0 ? true : "the charts already show the shortest time"),
    run: () => ({ ui: { type: "zoom", by: -1 } }),
  },
  {
    keys: ["-"],
    shown: "-",
    word: "zoom out",
    description: "charts show more time",
    group: "display",
    when: ({ ui }) => (ui.zoomIndex < ZOOMS.length - 1 ? true : "the charts already show the longest time"),
    run: () => ({ ui: { type: "zoom", by: 1 } }),
  },
  {
    keys: ["w"],
    shown: "w",
    word: "whole fleet",
    description: "chart the whole fleet, or the selected entity again",
    group: "display",
    run: () => ({ ui: { type: "chart-fleet" } }),
  },
  {
    keys: ["t"],
    shown: "t",
    word: "theme",
    description: "next theme: dark, light, contrast",
    group: "display",
    run: () => ({ ui: { type: "theme" } }),
  },
  {
    keys: ["c"],
    shown: "c",
    word: "colours",
    description: "next colour depth: true colour, 256, 16, none",
    group: "display",
    run: () => ({ ui: { type: "depth" } }),
  },
  {
    keys: ["u"],
    shown: "u",
    word: "glyphs",
    description: "switch between Unicode and ASCII glyphs",
    group: "display",
    run: () => ({ ui: { type: "glyphs" } }),
  },
];
