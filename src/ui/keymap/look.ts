import type { ViewName } from "../state.ts";
import { ZOOMS } from "../state.ts";
import type { Binding } from "./types.ts";

const view = (key: string, name: ViewName, description: string): Binding => ({
  keys: [key],
  shown: key,
  word: name,
  description,
  group: "look",
  run: () => ({ ui: { type: "view", view: name } }),
});

export const lookBindings: readonly Binding[] = [
  view("1", "overview", "the whole fleet"),
  view("2", "detail", "one service: latencies, dependencies, alerts, faults, last errors"),
  view("3", "alerts", "every alert, pending, firing and resolved"),
  view("4", "faults", "every fault and what it did"),
  {
    keys: ["/"],
    shown: "/",
    word: "filter",
    description: "show only services whose name, source, health or label has these letters",
    group: "look",
    footer: 50,
    run: () => ({ ui: { type: "filter-open" } }),
  },
  {
    keys: ["s"],
    shown: "s",
    word: "sort",
    description: "sort the table by the next column",
    group: "look",
    footer: 60,
    run: () => ({ ui: { type: "sort" } }),
  },
  {
    keys: ["S"],
    shown: "S",
    word: "reverse",
    description: "turn the order of the table round",
    group: "look",
    run: () => ({ ui: { type: "reverse" } }),
  },
  {
    keys: ["+", "="],
    shown: "+",
    word: "zoom in",
    description: "charts show less time",
    group: "look",
    when: ({ ui }) => (ui.zoomIndex > 0 ? true : "the charts show the shortest time already"),
    run: () => ({ ui: { type: "zoom", by: -1 } }),
  },
  {
    keys: ["-"],
    shown: "-",
    word: "zoom out",
    description: "charts show more time",
    group: "look",
    when: ({ ui }) => (ui.zoomIndex < ZOOMS.length - 1 ? true : "the charts show the longest time already"),
    run: () => ({ ui: { type: "zoom", by: 1 } }),
  },
  {
    keys: ["w"],
    shown: "w",
    word: "whole fleet",
    description: "chart the whole fleet, or the selected service again",
    group: "look",
    run: () => ({ ui: { type: "chart-fleet" } }),
  },
  {
    keys: ["space"],
    shown: "Space",
    word: "freeze",
    description: "hold the screen still, or follow again; collection goes on",
    group: "look",
    footer: 70,
    run: ({ ui }) => ({ ui: { type: "freeze", frozen: !ui.frozen } }),
  },
  {
    keys: ["t"],
    shown: "t",
    word: "theme",
    description: "next theme: dark, light, contrast",
    group: "look",
    run: () => ({ ui: { type: "theme" } }),
  },
];
