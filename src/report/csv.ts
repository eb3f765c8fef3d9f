/** Cells of a table; null is an empty cell. */
export type Cell = string | number | boolean | null;

/**
 * A table as CSV (RFC 4180): lines end with CR LF, and a cell is quoted if it contains a quote, comma or line break.
 * A text that a spreadsheet would run as a formula gets an apostrophe before it, which spreadsheets hide:
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvText(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(cellText).join(",")}\r\n`).join("");
}

/** The first characters of formulas, also after blanks. */
const FORMULA = /^\s*[=+\-@\t\r]/;
const QUOTED = /[",\r\n]/;

function cellText(cell: Cell): string {
  if (cell === null) return "";
  const text = typeof cell === "string" && FORMULA.test(cell) ? `'${cell}` : String(cell);
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
