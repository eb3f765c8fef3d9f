import type { KindEntry } from "./entries.ts";
import type { OptionEntry } from "./options.ts";

/** Readable in the narrowest usual terminal, columns. */
const WIDTH = 80;
const INDENT = "  ";

/** Kinds as text: a heading for each registry, a paragraph for each kind, its options in a column. */
export function renderKinds(kinds: readonly KindEntry[]): string {
  const groups = Map.groupBy(kinds, (entry) => entry.group);
  const sections = [...groups].map(([group, entries]) =>
    [group.toUpperCase(), ...entries.map(renderKind)].join("\n\n"),
  );
  return `${sections.join("\n\n\n")}\n`;
}

function renderKind({ kind, key, description, options }: KindEntry): string {
  const name = key === undefined ? kind : `${kind} (key ${key})`;
  return [
    `${INDENT}${name}`,
    ...wrap(description, WIDTH - 4).map((line) => `${INDENT}${INDENT}${line}`),
    ...renderOptions(options),
  ].join("\n");
}

function renderOptions(options: readonly OptionEntry[]): string[] {
  const column = 4 + 2 + Math.max(0, ...options.map((option) => option.name.length));
  return options.flatMap((option) => {
    const [first = "", ...others] = wrap(optionText(option), WIDTH - column);
    const head = `${INDENT}${INDENT}${option.name}`.padEnd(column) + first;
    return [head, ...others.map((line) => " ".repeat(column) + line)];
  });
}

/** `duration, default 2s: longest a whole probe may take` */
function optionText({ type, required, default: value, description }: OptionEntry): string {
  const facts = [type];
  if (required) facts.push("required");
  else if (value !== undefined && !isEmpty(value)) {
    facts.push(`default ${typeof value === "string" ? value : JSON.stringify(value)}`);
  }
  return description === "" ? facts.join(", ") : `${facts.join(", ")}: ${description}`;
}

/** An empty map or list as a default goes without saying. */
function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** Breaks at spaces; a word longer than the width stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
