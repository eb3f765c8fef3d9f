import { bare, panel, row, type ViewSpec } from "./types.ts";

export const alerts = {
  name: "alerts",
  key: "3",
  description: "all alerts: pending, firing and resolved",
  focus: "alerts",
  layouts: {
    full: [row("rest", panel("alerts")), row({ share: 0.35, of: "body" }, panel("events"))],
    compact: [bare("rest", panel("alerts"))],
  },
} satisfies ViewSpec;
