import { bare, panel, row, type ViewSpec } from "./types.ts";

export const delivery = {
  name: "delivery",
  description: "one delivery: what it tells, and every attempt",
  focus: "deliveries",
  layouts: {
    full: [
      row({ share: 0.3, of: "body", atLeast: 5 }, panel("deliveries")),
      row("rest", panel("delivery-timeline")),
    ],
    compact: [bare({ rows: 2 }, panel("deliveries")), bare("rest", panel("delivery-timeline"))],
  },
} satisfies ViewSpec;
