import { bare, panel, part, row, type ViewSpec } from "./types.ts";

const SELECTED = { scope: "selected" } as const;
// Separate ids, so that their cursors differ from those of the lists of all entities.
const alerts = panel("alerts", SELECTED, "entity-alerts");
const faults = panel("faults", SELECTED, "entity-faults");

export const detail = {
  name: "detail",
  key: "2",
  description: "one entity: its measures, links, alerts, faults and last failures",
  focus: alerts.id,
  layouts: {
    full: [
      row({ share: 0.36, of: "body", atLeast: 9 }, part(0.48, panel("summary")), panel("headline-chart")),
      row({ share: 0.34, of: "body", atLeast: 8 }, part(0.52, panel("distribution")), alerts),
      row("rest", part(0.38, panel("dependencies")), part(0.33, faults), panel("failures")),
    ],
    medium: [
      row({ share: 0.42, of: "body", atMost: 9 }, panel("summary")),
      row({ share: 0.5, of: "left" }, part(0.5, panel("distribution")), panel("dependencies")),
      row("rest", part(0.5, alerts), panel("failures")),
    ],
    compact: [bare("rest", panel("summary"))],
  },
} satisfies ViewSpec;
