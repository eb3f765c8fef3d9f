import { type Document, parseDocument, type YAMLError } from "yaml";
import { printable } from "../core/printable.ts";
import { createPlaces } from "./places.ts";
import { positionOf } from "./positions.ts";
import { take } from "./problem-list.ts";
import { valueAt } from "./sentences.ts";
import type { ConfigProblem } from "./types.ts";
import { assertBounds, OutOfBounds, valueProblem } from "./yaml-bounds.ts";
import { doubledKeys, looseAlias } from "./yaml-checks.ts";

/** A parsed YAML text: its value and the positions of its parts. */
export interface YamlFile {
  /** Plain objects, lists and scalars; undefined if the text has no usable value. */
  readonly value: unknown;
  /** Problems with the text itself: syntax, duplicate keys, size. */
  readonly problems: Iterable<ConfigProblem>;
  /** Reports a message at the value at `path`, or at the nearest enclosing value. */
  problemAt(path: readonly PropertyKey[], message: string): ConfigProblem;
  /** Reports a message at the key `key` of the map at `path`. */
  problemAtKey(path: readonly PropertyKey[], key: string, message: string): ConfigProblem;
  /** Reports a message at a character of the text at `path`; at its start where it is not written as it is read. */
  problemInside(path: readonly PropertyKey[], character: number, message: string): ConfigProblem;
}

/** Enough for hand-written configs, too few for an alias bomb. */
const MAX_ALIASES = 100;

const DOUBLED = "duplicate key in this map; remove one of the two";
const ALIASES = "the aliases (*name) cannot be resolved or are too many; write the values out";

/** Characters. */
const LONGEST_MESSAGE = 400;

const MESSAGES: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "indent with spaces; YAML does not allow tabs here",
  MULTIPLE_DOCS: "write one document only; remove this --- and what follows, or what comes before it",
  BAD_ALIAS: "this alias has no anchor before it; write the value out",
  TAG_RESOLVE_FAILED: "remove the tag that begins with !; tags are not supported",
  NON_STRING_KEY: "a key must be a plain word",
  RESOURCE_EXHAUSTION: "the config is nested too deeply; write it flatter",
};

/** Parses YAML 1.2 without merge keys and without tags. Never throws. */
export function readYaml(text: string): YamlFile {
  const placeOf = createPlaces(text);
  const at = (offset: number, message: string): ConfigProblem => ({
    ...placeOf(offset),
    message: shortened(message),
  });
  const document = parseSafely(text);
  if (document instanceof OutOfBounds) return unreadable(at(document.offset, document.message));

  let value: unknown;
  const places: Omit<YamlFile, "value" | "problems"> = {
    problemAt: (path, message) => at(positionOf(document, path), message),
    problemAtKey: (path, key, message) => at(positionOf(document, path, key), message),
    problemInside: (path, character, message) => {
      const start = positionOf(document, path);
      const inside = start + (/^["']/.test(text.slice(start, start + 1)) ? 1 : 0);
      // Behind escapes and line breaks the characters of the file are others.
      const before = String(valueAt(value, path)).slice(0, character);
      return at(text.startsWith(before, inside) ? inside + character : start, message);
    },
  };
  const broken = [...document.errors, ...document.warnings];
  const doubled = document.errors.length > 0 ? [] : doubledKeys(document);
  // Converted one by one: there can be half a million, of which few are shown.
  const textProblems = function* () {
    for (const error of broken) yield at(error.pos[0], sentence(error));
    for (const offset of doubled) yield at(offset, DOUBLED);
  };
  const problems = { [Symbol.iterator]: textProblems };
  if (document.errors.length > 0) return { value: undefined, problems, ...places };

  // A duplicate key leaves the rest readable, so continue checking.
  const failed = (problem: ConfigProblem): YamlFile => ({
    value: undefined,
    problems: [problem, ...take(problems, 1)],
    ...places,
  });
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    const loose = looseAlias(document);
    return failed(loose === undefined ? at(0, ALIASES) : at(loose, MESSAGES.BAD_ALIAS!));
  }
  const bounds = valueProblem(value);
  if (bounds !== undefined) return failed(places.problemAt(bounds.path, bounds.message));
  return { value, problems, ...places };
}

function parseSafely(text: string): Document | OutOfBounds {
  // There can be a hundred thousand syntax errors, and most of the time of an error is spent on its stack.
  const { stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = 0;
    assertBounds(text);
    return parseDocument(text, {
      prettyErrors: false,
      stringKeys: true,
      uniqueKeys: false,
      resolveKnownTags: false,
      logLevel: "error",
    });
  } catch (error) {
    if (error instanceof OutOfBounds) return error;
    // Only a stack overflow, caused by thousands of levels of indentation, reaches this.
    return new OutOfBounds(MESSAGES.RESOURCE_EXHAUSTION!, 0);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function sentence(error: YAMLError): string {
  const plain = MESSAGES[error.code];
  return plain ?? `this is not valid YAML: ${error.message.split("\n")[0]!.replace(/[.:]$/, "")}`;
}

/** Messages quote the file, which can contain escape codes and long words. */
function shortened(message: string): string {
  const safe = printable(message.slice(0, LONGEST_MESSAGE));
  return message.length > LONGEST_MESSAGE ? `${safe}...` : safe;
}

function unreadable(problem: ConfigProblem): YamlFile {
  const same = () => problem;
  return { value: undefined, problems: [problem], problemAt: same, problemAtKey: same, problemInside: same };
}
