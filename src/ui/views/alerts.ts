import { bare, panel, part, type RowSpec, row, type ViewSpec } from "./types.ts";

const list = panel("console");
/** Which page is shown; without a key of its own it costs one row. */
const pages: RowSpec = bare({ rows: 1 }, panel("pages"));

/** What stands at the cursor of the list. */
const FOLLOWS = { follows: list.id } as const;
const about = panel("alert-summary", FOLLOWS);
const timeline = panel("alert-timeline", FOLLOWS);
const chart = panel("alert-chart", FOLLOWS);

export const alerts = {
  name: "alerts",
  key: "3",
  description: "incidents and alerts; further pages: rules, silences, statistics",
  focus: list.id,
  filters: "alerts",
  layouts: {
    wide: [
      pages,
      row("rest", list),
      row({ share: 0.32, of: "body", atLeast: 9 }, part(0.34, about), part(0.34, timeline), chart),
    ],
    tall: [pages, row("rest", list), row({ share: 0.34, of: "body" }, part(0.5, about), timeline)],
    full: [
      pages,
      row("rest", list),
      row({ share: 0.34, of: "body", atLeast: 9 }, part(0.5, about), timeline),
    ],
    medium: [pages, row("rest", list), { ...row({ rows: 7 }, about), minBody: 20 }],
    compact: [bare("rest", list)],
  },
} satisfies ViewSpec;
