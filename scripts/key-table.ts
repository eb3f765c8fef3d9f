import { faultKinds } from "../src/faults/index.ts";
import { keymap } from "../src/ui/keymap/index.ts";
import { GROUPS } from "../src/ui/keymap/types.ts";

/** The README's table of keys, from the keymap and the fault menu themselves. */
export function keyTable(): string {
  const keys = GROUPS.flatMap((group) => keymap.filter((binding) => binding.group === group)).map(
    ({ shown, description }) => [shown.split(" ").map(code).join(" "), description] as const,
  );
  const faults = Object.values(faultKinds).map(
    ({ key, title, description }) => [`${code("f")} ${code(key)}`, `${title}: ${description}`] as const,
  );
  return [
    "| key | does |",
    "|---|---|",
    ...[...keys, ...faults].map(([key, does]) => `| ${key} | ${does} |`),
  ].join("\n");
}

const code = (text: string) => `\`${text}\``;

const BEGIN = "<!-- keys: written by `npm run readme` -->";
const END = "<!-- end of keys -->";

/** The README with its table of keys as the keymap has them now. */
export function withKeyTable(readme: string): string {
  const before = readme.slice(0, readme.indexOf(BEGIN) + BEGIN.length);
  return `${before}\n${keyTable()}\n${readme.slice(readme.indexOf(END))}`;
}
