import { bare, type Height, panel, type RowSpec, row } from "./types.ts";

/** The table keeps its height while filtering and leaves space for other panels. */
export const TABLE: RowSpec = row({ entities: "sections", share: 0.5, atLeast: 6 }, panel("entities"));

/** For layouts with rows to spare: the charts below are readable in what remains. */
export const HIGH_TABLE: RowSpec = highTable(13);
/** Above a chart of eight rows and a ticker of two. */
export const MEDIUM_TABLE: RowSpec = highTable(10);

function highTable(leaves: number): RowSpec {
  return row({ entities: "sections", share: 0.6, atLeast: 6, leaves }, panel("entities"));
}

/** The most rows of faults and events where a table and charts can use the others. */
export const LISTS: Height = { share: 0.44, of: "left", atMost: 12 };

/** On a small screen entities take precedence; alerts and faults get the remaining rows. */
export const COMPACT_LIST: readonly RowSpec[] = [
  bare("rest", panel("compact")),
  bare({ rows: 3, atLeast: 0, leaves: "entities" }, panel("ticker")),
];
