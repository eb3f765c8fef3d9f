import { z } from "zod";
import { didYouMean } from "./did-you-mean.ts";

/** The path to a value in a config: keys and indices. */
export type Path = readonly PropertyKey[];

/** Type names for messages. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "a map of keys and values",
  record: "a map of keys and values",
  array: "a list",
};

/** The singular and the plural of sizes for messages. */
const UNITS: Readonly<Record<string, readonly [string, string]>> = {
  string: ["character", "characters"],
  array: ["entry", "entries"],
  set: ["entry", "entries"],
};

/**
 * The error map for zod: messages such as "must be a number", which follow the name of the value. Schemas
 * with their own messages do not use it.
 */
export function mustBe(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return issue.values.length === 1
        ? `must be ${quoted(issue.values[0])}`
        : `must be one of ${issue.values.map(quoted).join(", ")}`;
    case "too_small":
      return `must be ${issue.inclusive === false ? "more than" : "at least"} ${sized(issue.minimum, issue.origin)}`;
    case "too_big":
      return `must be ${issue.inclusive === false ? "less than" : "at most"} ${sized(issue.maximum, issue.origin)}`;
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "invalid_format":
      return `must be ${issue.format === "regex" ? `text that matches ${issue.pattern}` : `a valid ${issue.format}`}`;
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(key, issue.inst)).join("\n");
    default:
      return "is not a valid value";
  }
}

/** "1 entry", "3 characters", "5": a size in the unit of what is measured. */
function sized(size: number | bigint, origin: string): string {
  const [singular, plural] = UNITS[origin] ?? [];
  return singular === undefined ? String(size) : `${size} ${Number(size) === 1 ? singular : plural}`;
}

/**
 * One message for each unknown key, in the order of the keys, because zod reports all of them in one issue.
 */
function unknownKey(key: string, schema: unknown): string {
  if (key === "<<") return "is a merge key, which is not supported; write out the keys";
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return `is an unknown key${didYouMean(key, known)}`;
}

function quoted(value: unknown): string {
  return typeof value === "string" ? `"${value}"` : String(value);
}

/** A path in config notation: services[1].calls[0].timeout. */
export function pathText(path: Path): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else text += text === "" ? String(step) : `.${String(step)}`;
  }
  return text;
}

/** The value at a path; undefined if the path does not exist. */
export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<PropertyKey, unknown>)[step];
  }
  return current;
}

/** "must be X" for a present value, "is missing; it must be X" for a missing one. */
export function aboutValue(path: Path, value: unknown, message: string): string {
  const name = path.length === 0 ? "the config" : pathText(path);
  const absent = value === undefined ? "missing" : value === null ? "empty" : undefined;
  return absent === undefined ? `${name} ${message}` : `${name} is ${absent}; it ${message}`;
}
