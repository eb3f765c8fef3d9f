import { bare, panel, row, type ViewSpec } from "./types.ts";

export const self = {
  name: "self",
  key: "5",
  description: "the monitor itself: its lag, its store and the cost of drawing",
  focus: "self",
  layouts: {
    full: [row("rest", panel("self"))],
    compact: [bare("rest", panel("self"))],
  },
} satisfies ViewSpec;
