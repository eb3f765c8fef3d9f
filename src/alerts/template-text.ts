import type { Labels } from "../core/metric.ts";
import type { EntityReading } from "../measures/reading.ts";
import type { Breach, Rule } from "./types.ts";
import { measureOf, shownLimit, shownValue } from "./value.ts";

/** What a template is rendered with. */
export interface TemplateSubject {
  readonly rule: Rule;
  readonly reading: EntityReading;
  readonly breach: Breach;
}

/** The variables of templates. `labels.NAME` and `measures.ID` stand for any label and any measure of the entity. */
export const VARIABLES: Readonly<Record<string, string>> = {
  message: "the message that the rule has without a summary",
  value: "the value of the measure, with its unit",
  limit: "the limit that it has crossed, with its unit",
  measure: "the id of the measure",
  severity: "warning, critical or page",
  rule: "the name of the rule",
  entity: "the name of the entity",
  kind: "the kind of the entity",
};

/** The groups of variables: `labels.team`, `measures.p99`. */
export const GROUPS = ["labels", "measures"] as const;

/** A part of a template: text, or a variable. */
export type Part = string | Variable;

export interface Variable {
  /** One of VARIABLES, or of GROUPS. */
  readonly name: string;
  /** The name of the label or measure, for a group. */
  readonly key: string | undefined;
}

const OPEN = "{{";
const CLOSE = "}}";

/**
 * Splits a template such as `p99 is {{ value }}, owner {{ labels.team }}` into its parts.
 * @throws RangeError with a sentence for a template that cannot be read
 */
export function parseTemplate(text: string): readonly Part[] {
  const parts: Part[] = [];
  let rest = text;
  while (rest !== "") {
    const start = rest.indexOf(OPEN);
    if (start !== 0) parts.push(start < 0 ? rest : rest.slice(0, start));
    if (start < 0) break;
    const end = rest.indexOf(CLOSE, start);
    if (end < 0) throw new RangeError(`has "${OPEN}" without "${CLOSE}"`);
    parts.push(variableOf(rest.slice(start + OPEN.length, end).trim()));
    rest = rest.slice(end + CLOSE.length);
  }
  return parts;
}

function variableOf(text: string): Variable {
  const dot = text.indexOf(".");
  const group = GROUPS.find((each) => each === text.slice(0, dot));
  return dot >= 0 && group !== undefined
    ? { name: group, key: text.slice(dot + 1) }
    : { name: text, key: undefined };
}

/** A template with the values of one evaluation. What is not known is rendered as "unknown", a missing label as "". */
export function renderTemplate(parts: readonly Part[], subject: TemplateSubject): string {
  return parts.map((part) => (typeof part === "string" ? part : render(part, subject))).join("");
}

/** All annotations of a rule. */
export function renderAll(templates: ReadonlyMap<string, readonly Part[]>, subject: TemplateSubject): Labels {
  return Object.fromEntries([...templates].map(([name, parts]) => [name, renderTemplate(parts, subject)]));
}

function render({ name, key = "" }: Variable, { rule, reading, breach }: TemplateSubject): string {
  const { kind, entity, labels = {}, values } = reading;
  const measure = measureOf(kind, breach.measure ?? "");
  switch (name) {
    case "message":
      return breach.message;
    case "value":
      return measure === undefined ? "unknown" : shownValue(measure, breach.value ?? Number.NaN);
    case "limit":
      return breach.limit === undefined ? "unknown" : shownLimit(measure, breach.limit);
    case "measure":
      return breach.measure ?? "";
    case "severity":
      return breach.severity;
    case "rule":
      return rule.name;
    case "entity":
      return entity;
    case "kind":
      return kind.kind;
    case "labels":
      return { ...labels, ...rule.labels }[key] ?? "";
    case "measures": {
      const other = measureOf(kind, key);
      return other === undefined ? "unknown" : shownValue(other, values[key] ?? Number.NaN);
    }
    default:
      return "unknown";
  }
}
