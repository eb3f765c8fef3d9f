import { bare, panel, row, type ViewSpec } from "./types.ts";

const list = panel("silences");
const windows = panel("maintenance");

export const silences = {
  name: "silences",
  pageOf: "alerts",
  filters: "alerts",
  description: "silences and maintenance windows, with their ends",
  focus: list.id,
  layouts: {
    full: [bare({ rows: 1 }, panel("pages")), row("rest", list), row({ share: 0.35, of: "body" }, windows)],
    compact: [bare("rest", list), bare({ rows: 3 }, windows)],
  },
} satisfies ViewSpec;
