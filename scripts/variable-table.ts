import { MAPS, TEXTS } from "../src/notify/variables.ts";

/** The table of the variables of templates in docs/NOTIFY.md. */
export function variableTable(): string {
  const maps = Object.entries(MAPS).map(([name, shows]) => [`${name}.NAME`, shows]);
  const rows = [...Object.entries(TEXTS), ...maps].map(([name, shows]) => `| \`${name}\` | ${shows} |`);
  return ["| variable | shows |", "|---|---|", ...rows].join("\n");
}

const BEGIN = "<!-- variables: written by `npm run readme` -->";
const END = "<!-- end of variables -->";

/** The page with an up-to-date table. */
export function withVariableTable(page: string): string {
  const before = page.slice(0, page.indexOf(BEGIN) + BEGIN.length);
  return `${before}\n${variableTable()}\n${page.slice(page.indexOf(END))}`;
}
