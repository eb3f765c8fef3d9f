import { COMPACT_LIST, HIGH_TABLE, LISTS, MEDIUM_TABLE } from "./table.ts";
import { bare, panel, part, row, type ViewSpec } from "./types.ts";

/** The maximum width of the table; beyond it the right side would be empty. */
const TABLE_COLUMNS = 137;

export const overview = {
  name: "overview",
  key: "1",
  description: "all entities, with alerts, faults and events",
  focus: "entities",
  layouts: {
    wide: [
      row(HIGH_TABLE.height, part(0.65, panel("entities"), TABLE_COLUMNS), panel("status-timeline")),
      row("rest", part(0.36, panel("headline-chart")), part(0.34, panel("heatmap")), panel("alerts")),
      row(LISTS, part(0.5, panel("faults")), panel("events")),
    ],
    tall: [
      row({ entities: "sections", share: 0.36, atLeast: 6 }, panel("entities")),
      row({ entities: "one-heading", share: 0.2, atLeast: 5 }, panel("status-timeline")),
      row({ share: 0.36, of: "left" }, part(0.57, panel("headline-chart")), panel("alerts")),
      row({ share: 0.58, of: "left" }, panel("heatmap")),
      row("rest", part(0.57, panel("faults")), panel("events")),
    ],
    full: [
      HIGH_TABLE,
      row("rest", part(0.57, panel("headline-chart")), panel("alerts")),
      row(LISTS, part(0.57, panel("faults")), panel("events")),
    ],
    medium: [
      MEDIUM_TABLE,
      row("rest", panel("headline-chart")),
      // The chart needs eight rows.
      bare({ rows: 4, atLeast: 2, leaves: 8 }, panel("ticker")),
    ],
    compact: COMPACT_LIST,
  },
} satisfies ViewSpec;
