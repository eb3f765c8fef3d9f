import { bare, panel, part, row, type ViewSpec } from "./types.ts";

const about = panel("alert-summary");
const timeline = panel("alert-timeline");
const chart = panel("alert-chart");

export const alert = {
  name: "alert",
  description: "one alert: its timeline, the chart of its measure around the moment, its rule and labels",
  focus: about.id,
  layouts: {
    full: [row({ share: 0.5, of: "body" }, part(0.5, about), timeline), row("rest", chart)],
    medium: [row({ share: 0.4, of: "body", atLeast: 8 }, part(0.5, about), timeline), row("rest", chart)],
    compact: [bare({ share: 0.5, of: "body" }, about), bare("rest", timeline)],
  },
} satisfies ViewSpec;
