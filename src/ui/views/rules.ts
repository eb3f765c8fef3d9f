import { bare, panel, row, type ViewSpec } from "./types.ts";

export const rules = {
  name: "rules",
  pageOf: "alerts",
  filters: "alerts",
  description: "all alert rules: enable, disable and test them",
  focus: "rules",
  layouts: {
    full: [bare({ rows: 1 }, panel("pages")), row("rest", panel("rules"))],
    compact: [bare("rest", panel("rules"))],
  },
} satisfies ViewSpec;
