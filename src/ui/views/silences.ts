import { bare, panel, row, type ViewSpec } from "./types.ts";

export const silences = {
  name: "silences",
  pageOf: "alerts",
  filters: "alerts",
  description: "silences and maintenance windows, with their ends",
  focus: "silences",
  layouts: {
    full: [bare({ rows: 1 }, panel("pages")), row("rest", panel("silences"))],
    compact: [bare("rest", panel("silences"))],
  },
} satisfies ViewSpec;
