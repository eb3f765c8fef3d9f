import type { KindEntry, MeasureEntry, MetricEntry } from "./entries.ts";
import type { OptionEntry } from "./options.ts";

/** Text width in columns; fits the narrowest common terminal. */
const WIDTH = 80;
const INDENT = "  ";

/** A name and its description. */
type Item = readonly [name: string, text: string];

/** Kinds as text: a heading for each registry, a paragraph for each kind, its options in a column. */
export function renderKinds(kinds: readonly KindEntry[]): string {
  const groups = Map.groupBy(kinds, (entry) => entry.group);
  const sections = [...groups].map(([group, entries]) =>
    [group.toUpperCase(), ...entries.map(renderKind)].join("\n\n"),
  );
  return `${sections.join("\n\n\n")}\n`;
}

function renderKind(entry: KindEntry): string {
  const { kind, key, description, entities, options, metrics = [], measures = [] } = entry;
  const name = key === undefined ? kind : `${kind} (key ${key})`;
  const relation = key === undefined ? "Observes" : "Accepts";
  return [
    `${INDENT}${name}`,
    ...indented(description),
    ...(entities === undefined ? [] : indented(`${relation}: ${entities.join(", ")}`)),
    ...renderItems(options.map((option) => [option.name, optionText(option)])),
    ...titled(
      "metrics",
      metrics.map((metric) => [metric.name, metricText(metric)]),
    ),
    ...titled(
      "measures",
      measures.map((measure) => [measure.id, measureText(measure)]),
    ),
  ].join("\n");
}

function indented(text: string): string[] {
  return wrap(text, WIDTH - 4).map((line) => `${INDENT}${INDENT}${line}`);
}

function titled(title: string, items: readonly Item[]): string[] {
  return items.length === 0 ? [] : [`${INDENT}${INDENT}${title}:`, ...renderItems(items, INDENT)];
}

function renderItems(items: readonly Item[], indent = ""): string[] {
  const column = indent.length + 4 + 2 + Math.max(0, ...items.map(([name]) => name.length));
  return items.flatMap(([name, text]) => {
    const [first = "", ...others] = wrap(text, WIDTH - column);
    const head = `${indent}${INDENT}${INDENT}${name}`.padEnd(column) + first;
    return [head, ...others.map((line) => " ".repeat(column) + line)];
  });
}

/** `duration, default 2s: timeout of a probe` */
function optionText({ type, required, default: value, description }: OptionEntry): string {
  const facts = [type];
  if (required) facts.push("required");
  else if (value !== undefined && !isEmpty(value)) {
    facts.push(`default ${typeof value === "string" ? value : JSON.stringify(value)}`);
  }
  return withDescription(facts, description);
}

/** `histogram, ms: time from the start of a request to its end` */
function metricText({ type, unit, description }: MetricEntry): string {
  return withDescription([type, ...unitWords(unit)], description);
}

/** `ms, degraded 500ms, critical 1s, alert HIGH_LATENCY: ...` */
function measureText({ unit, limits_text, alert, description }: MeasureEntry): string {
  const facts = unitWords(unit);
  if (limits_text !== undefined) facts.push(limits_text);
  if (alert !== undefined) facts.push(`alert ${alert}`);
  return withDescription(facts, description);
}

function unitWords(unit: string): string[] {
  return unit === "none" ? [] : [unit.replaceAll("_", " ")];
}

function withDescription(facts: readonly string[], description: string): string {
  return [facts.join(", "), description].filter((part) => part !== "").join(": ");
}

/** Empty maps and lists are not shown as defaults. */
function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** Breaks at spaces; a word longer than the width gets its own line. */
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
