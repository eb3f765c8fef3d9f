import { VARIABLE_MAPS, VARIABLES } from "../../alerts/annotations.ts";
import { compileName } from "../../alerts/match.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import { durationText } from "../../core/duration.ts";
import { parseMatchers } from "../../core/matchers.ts";
import { parseTemplate, unknownVariables } from "../../core/template.ts";
import { didYouMean } from "../did-you-mean.ts";
import { listAt } from "../draft.ts";
import { tickSchema } from "../entry-fields.ts";
import { type Path, pathText, valueAt } from "../sentences.ts";
import type { ConfigProblem } from "../types.ts";
import type { YamlFile } from "../yaml-file.ts";
import { type DraftRule, draftRules } from "./draft.ts";
import { measureProblems } from "./measures.ts";

/** Problems of the section `rules` beyond its schema, one sequence for each check. */
export function ruleProblems(file: YamlFile, catalog: Catalog): Iterable<ConfigProblem>[] {
  const entries = listAt(file.value, ["rules"]);
  const rules = draftRules(entries, catalog);
  return [
    measureProblems(file, entries, catalog),
    kindProblems(file, entries, catalog),
    rules.flatMap((draft) => [
      ...conditionProblems(file, draft),
      ...templateProblems(file, draft, catalog),
      ...applicability(file, draft, catalog),
    ]),
    equalRules(file, rules),
    shortSpans(file, rules),
  ];
}

function problem(file: YamlFile, path: Path, message: string): ConfigProblem {
  return file.problemAt(path, `${pathText(path)} ${message}`);
}

/** Conditions on kinds that do not exist. */
function* kindProblems(
  file: YamlFile,
  entries: readonly unknown[],
  catalog: Catalog,
): Generator<ConfigProblem> {
  for (const index of entries.keys()) {
    const path = ["rules", index, "match", "kind"];
    const given = valueAt(file.value, path);
    const named: readonly (readonly [Path, unknown])[] = Array.isArray(given)
      ? given.map((name, nth) => [[...path, nth], name])
      : [[path, given]];
    for (const [place, name] of named) {
      if (typeof name !== "string" || catalog.entities.has(name.trim())) continue;
      const known = didYouMean(name, catalog.entities.keys());
      yield problem(file, place, `must name a kind of entity, not "${name}"${known}`);
    }
  }
}

/** Patterns and matchers that cannot be read. */
function conditionProblems(file: YamlFile, { rule: { match = {} }, path }: DraftRule): ConfigProblem[] {
  const check = (key: "name" | "labels", read: (text: string) => unknown): ConfigProblem[] => {
    const text = match[key];
    try {
      if (text !== undefined) read(text);
      return [];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return [
        file.problemAt([...path, "match", key], `${pathText([...path, "match", key])}: ${error.message}`),
      ];
    }
  };
  return [...check("name", compileName), ...check("labels", parseMatchers)];
}

/** Templates with variables that do not exist. */
function* templateProblems(
  file: YamlFile,
  { rule, path, kinds }: DraftRule,
  catalog: Catalog,
): Generator<ConfigProblem> {
  const texts = Object.keys(VARIABLES);
  const measures = new Set(
    (kinds.length === 0 ? [...catalog.entities.values()] : kinds).flatMap((kind) =>
      kind.measures.map(({ id }) => id),
    ),
  );
  for (const [name, text] of Object.entries(rule.annotations ?? {})) {
    const place =
      valueAt(file.value, [...path, name]) === undefined ? [...path, "annotations", name] : [...path, name];
    let variables: readonly string[];
    try {
      const template = parseTemplate(text);
      variables = template.variables;
      for (const unknown of unknownVariables(template, { texts, maps: VARIABLE_MAPS })) {
        const known = [...texts, ...VARIABLE_MAPS.map((map) => `${map}.NAME`)];
        yield problem(file, place, `has the unknown variable {{ ${unknown} }}${didYouMean(unknown, known)}`);
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      yield problem(file, place, error.message);
      continue;
    }
    for (const variable of variables) {
      const [map, id = ""] = variable.split(".");
      if (map !== "measures" || measures.has(id)) continue;
      yield problem(
        file,
        place,
        `has {{ ${variable} }}, and no entity that the rule applies to has this measure${didYouMean(id, measures)}`,
      );
    }
  }
}

/** Rules for measures that no kind of their conditions has. */
function applicability(
  file: YamlFile,
  { rule, ruleKind, path, kinds, isOfTemplate }: DraftRule,
  catalog: Catalog,
): ConfigProblem[] {
  const known = rule.match?.kind?.every((kind) => catalog.entities.has(kind)) !== false;
  if (kinds.length > 0 || !known) return [];
  const ids = ruleKind.measures(rule.options);
  const having = (id: string) =>
    [...catalog.entities.values()].filter(({ measures }) => measures.some((measure) => measure.id === id));
  if (ids.some((id) => having(id).length === 0)) return [];
  const where = ids.map(
    (id) =>
      `${id} is a measure of ${having(id)
        .map(({ kind }) => kind)
        .join(", ")}`,
  );
  const place = isOfTemplate || rule.match?.kind === undefined ? path : [...path, "match", "kind"];
  return [problem(file, place, `leaves no kind of entity for ${rule.name}: ${where.join("; ")}`)];
}

/** A value cannot be compared with one that is younger than the evaluation before. */
function* shortSpans(file: YamlFile, rules: readonly DraftRule[]): Generator<ConfigProblem> {
  const tick = tickSchema()
    .prefault("500ms")
    .safeParse(valueAt(file.value, ["tick"]));
  for (const { rule, path, isOfTemplate } of rules) {
    const within = valueAt(rule.options, ["within"]);
    if (!tick.success || typeof within !== "number" || within >= tick.data || isOfTemplate) continue;
    yield problem(file, [...path, "within"], `must be at least the tick, ${durationText(tick.data)}`);
  }
}

/** The same rule twice: one of them was meant otherwise. */
function* equalRules(file: YamlFile, rules: readonly DraftRule[]): Generator<ConfigProblem> {
  const first = new Map<string, DraftRule>();
  for (const draft of rules) {
    const key = JSON.stringify(draft.rule);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, draft);
    else if (earlier.path !== draft.path) {
      const { line } = file.problemAt(earlier.path, "");
      yield problem(file, draft.path, `is the same rule as in line ${line}; remove one of them`);
    }
  }
}
