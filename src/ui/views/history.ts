import { COMPACT_LIST } from "./table.ts";
import { type Height, panel, part, row, type ViewSpec } from "./types.ts";

const timeline = panel("status-timeline");
const asHighAsEntities = (share: number): Height => ({ entities: "one-heading", share, atLeast: 5 });

export const history = {
  name: "history",
  key: "6",
  description: "health of all entities and measures of the selected one over time",
  focus: timeline.id,
  layouts: {
    full: [
      row(asHighAsEntities(0.3), timeline),
      row({ share: 0.55, of: "left" }, part(0.5, panel("heatmap")), panel("headline-chart")),
      row(
        "rest",
        part(0.5, panel("bars", { nth: 0 }, "first-bars")),
        panel("bars", { nth: 1 }, "second-bars"),
      ),
    ],
    medium: [row(asHighAsEntities(0.4), timeline), row("rest", panel("heatmap"))],
    compact: COMPACT_LIST,
  },
} satisfies ViewSpec;
