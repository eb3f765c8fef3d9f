import { Lexer } from "yaml";
import { formatCount } from "../core/text.ts";
import type { Path } from "./sentences.ts";

/** Keys, values and list entries of one file; the largest fleets need a fifth of this. */
const MAX_PARTS = 300_000;

/** For each of them, the parser looks for its anchor. */
const MAX_ALIASES = 10_000;

/** Values with every alias written out. */
const MAX_VALUES = 300_000;

/** Maps and lists inside each other. A config needs eight. */
const MAX_DEPTH = 32;

/** Keys of one map. */
const MAX_KEYS = 1000;

const TOO_DEEP = "the config is nested too deeply; write it flatter";
const TOO_MANY_PARTS = `the config has more than ${formatCount(MAX_PARTS)} keys and values; make it smaller`;
const TOO_MANY_ALIASES = `the config has more than ${formatCount(MAX_ALIASES)} aliases (*name); write the values out`;
const TOO_MANY_VALUES = `the config has more than ${formatCount(MAX_VALUES)} values with its aliases (*name) written out; use fewer aliases`;
const CYCLE = "an alias (*name) must not stand inside its own anchor; write the value out";

/** A text that is too large or too deep to be read. */
export class OutOfBounds extends Error {
  /** Where, in the text. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/**
 * Counts the parts of a text before anything is built from it: a megabyte of commas takes the YAML parser four
 * seconds and 800 MB.
 * @throws OutOfBounds
 */
export function assertBounds(text: string): void {
  let parts = 0;
  let brackets = 0;
  let dashes = 0;
  let aliases = 0;
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    switch (lexeme) {
      case "[":
      case "{":
        brackets += 1;
        parts += 1;
        break;
      case "]":
      case "}":
        brackets -= 1;
        break;
      case "-":
        dashes += 1;
        parts += 1;
        break;
      case "?":
        parts += 1;
        break;
      case ":":
      case ",":
        parts += 0.5;
        break;
      case "\n":
        dashes = 0;
        break;
      // Precedes every scalar without quotes.
      case "\x1f":
        parts += 1;
        break;
      default:
        if (lexeme[0] === '"' || lexeme[0] === "'") parts += 1;
        else if (lexeme[0] === "*") aliases += 1;
    }
    if (aliases > MAX_ALIASES) throw new OutOfBounds(TOO_MANY_ALIASES, offset);
    // A list in a list needs a dash in the same line or more space before it, and lines end.
    if (brackets + dashes > MAX_DEPTH) throw new OutOfBounds(TOO_DEEP, offset);
    if (parts > MAX_PARTS) throw new OutOfBounds(TOO_MANY_PARTS, offset);
    // Lexemes of one of these characters mark what follows; they are not in the text.
    if (lexeme !== "\x02" && lexeme !== "\x18" && lexeme !== "\x1f") offset += lexeme.length;
  }
}

/** The first part of a value that is out of bounds: its path and a sentence; undefined if there is none. */
export function valueProblem(value: unknown): { readonly path: Path; readonly message: string } | undefined {
  const sizes = new Map<object, number>();
  const open = new Set<object>();
  const path: PropertyKey[] = [];

  /** The number of values in this one, itself included; a sentence if it is out of bounds. */
  function measure(part: unknown): number | string {
    if (typeof part !== "object" || part === null) return 1;
    const known = sizes.get(part);
    if (known !== undefined) return known;
    if (open.has(part)) return CYCLE;
    if (open.size >= MAX_DEPTH) return TOO_DEEP;
    open.add(part);
    let total = 1;
    const isList = Array.isArray(part);
    const keys = isList ? part.keys() : Object.keys(part);
    if (Array.isArray(keys) && keys.length > MAX_KEYS) {
      return `this map has ${formatCount(keys.length)} keys; a map can have at most ${formatCount(MAX_KEYS)}`;
    }
    for (const key of keys) {
      path.push(key);
      const size = measure((part as Record<PropertyKey, unknown>)[key]);
      if (typeof size === "string") return size;
      total += size;
      if (total > MAX_VALUES) return TOO_MANY_VALUES;
      path.pop();
    }
    open.delete(part);
    sizes.set(part, total);
    return total;
  }

  const result = measure(value);
  return typeof result === "string" ? { path, message: result } : undefined;
}
