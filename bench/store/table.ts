import { aligned, markdown } from "../screen/table.ts";

/** One table of the output: the first row is the head, the first column the names. */
export interface Table {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
  readonly notes?: readonly string[];
}

/** For the terminal. */
export function asText({ title, rows, notes = [] }: Table): string {
  const lines = aligned(rows).split("\n");
  return [title, ...lines.map((line) => `  ${line}`), ...notes.map((note) => `  ${note}`), ""].join("\n");
}

/** For a document. */
export function asMarkdown({ title, rows, notes = [] }: Table): string {
  const list = notes.map((note) => `- ${note}`).join("\n");
  return [`**${title}**`, markdown(rows), ...(list === "" ? [] : [list])].join("\n\n");
}

/** 12345.6 -> "12,346" */
export const whole = (value: number) => Math.round(value).toLocaleString("en");

/** Three digits that count: 0.123, 1.23, 12.3, 123. */
export function short(value: number): string {
  if (value >= 100) return whole(value);
  return value.toFixed(value >= 10 ? 1 : value >= 1 ? 2 : 3);
}
