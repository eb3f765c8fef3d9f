import { bare, panel, part, row, type ViewSpec } from "./types.ts";

export const self = {
  name: "self",
  key: "5",
  description: "the monitor itself: its lag, its store and the cost of drawing",
  focus: "self",
  layouts: {
    wide: [row("rest", part(0.5, panel("self")), panel("log"))],
    full: [row("rest", panel("self")), row({ share: 0.3, of: "body" }, panel("log"))],
    medium: [row("rest", panel("self"))],
    compact: [bare("rest", panel("self"))],
  },
} satisfies ViewSpec;
