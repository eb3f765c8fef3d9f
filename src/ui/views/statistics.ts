import { bare, panel, part, row, type ViewSpec } from "./types.ts";

const pages = bare({ rows: 1 }, panel("pages"));
const cards = panel("incident-cards");
const groups = panel("incident-groups");
const trend = panel("mttr-trend");

export const statistics = {
  name: "statistics",
  pageOf: "alerts",
  filters: "alerts",
  description:
    "incidents of the last 24 hours: numbers, times to detect, acknowledge and recover, and their trend",
  focus: groups.id,
  layouts: {
    full: [pages, row({ rows: 5 }, cards), row("rest", part(0.5, groups), trend)],
    medium: [pages, row({ rows: 5 }, cards), row("rest", part(0.5, groups), trend)],
    compact: [bare({ rows: 3 }, cards), bare("rest", groups)],
  },
} satisfies ViewSpec;
