import { keymap } from "../src/ui/keymap/index.ts";
import { GROUPS } from "../src/ui/keymap/types.ts";

/** The README's table of keys, generated from the keymap. */
export function keyTable(): string {
  const keys = GROUPS.flatMap((group) => keymap.filter((binding) => binding.group === group)).map(
    ({ shown, description }) => [shown.split(" ").map(code).join(" "), description] as const,
  );
  return ["| key | does |", "|---|---|", ...keys.map(([key, does]) => `| ${key} | ${does} |`)].join("\n");
}

const code = (text: string) => `\`${text}\``;

const BEGIN = "<!-- keys: written by `npm run readme` -->";
const END = "<!-- end of keys -->";

/** The README with an up-to-date table of keys. */
export function withKeyTable(readme: string): string {
  const before = readme.slice(0, readme.indexOf(BEGIN) + BEGIN.length);
  return `${before}\n${keyTable()}\n${readme.slice(readme.indexOf(END))}`;
}
