import { bare, panel, type RowSpec, row } from "./types.ts";

/** The table keeps its height while one filters, and never gets so high that nothing else has room. */
export const TABLE: RowSpec = row({ entities: "sections", share: 0.45, atLeast: 6 }, panel("entities"));

/** The entities come first on a small screen; alerts and faults get the rows that they leave. */
export const COMPACT_LIST: readonly RowSpec[] = [
  bare("rest", panel("compact")),
  bare({ rows: 3, atLeast: 0, leaves: "entities" }, panel("ticker")),
];
