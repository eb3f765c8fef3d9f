import { compileMatch } from "../../alerts/match.ts";
import type { Rule } from "../../alerts/types.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Labels } from "../../core/metric.ts";
import { parseTemplate } from "../../core/template.ts";
import { listAt } from "../draft.ts";
import { type Path, pathText, valueAt } from "../sentences.ts";
import type { Config, ConfigProblem, EntityConfig } from "../types.ts";
import type { YamlFile } from "../yaml-file.ts";
import { type DraftRule, draftRules } from "./draft.ts";

const NO_ENTITY = "applies to no entity of this config";

/** Rules of a valid config that are rarely meant as they are. */
export function ruleWarnings(file: YamlFile, config: Config, catalog: Catalog): ConfigProblem[] {
  const rules = draftRules(listAt(file.value, ["rules"]), catalog);
  const sameScope = Map.groupBy(rules, ({ rule: { name, entities, match } }) =>
    JSON.stringify([name, entities, match]),
  );
  const replacements = new Map([...sameScope.values()].flatMap(replaced));
  return rules.flatMap((draft) => {
    const { rule, path, isOfTemplate } = draft;
    const matched = () => entitiesOf(draft, config.entities);
    const [label] = missingLabels(rule, matched);
    const replacement = replacements.get(draft);
    const say = (place: Path, message: string) => [file.problemAt(place, `${pathText(place)} ${message}`)];
    if (replacement !== undefined) {
      const { line } = file.problemAt(replacement.path, "");
      return say(
        path,
        `never applies: the rule in line ${line} has the same name, ${rule.name}, and replaces it`,
      );
    }
    // A template is for a kind of system: not each of its rules need have an entity.
    if (label === undefined) return matched().next().done && !isOfTemplate ? say(path, NO_ENTITY) : [];
    const own = valueAt(file.value, [...path, label.annotation]) !== undefined;
    const place = own ? [...path, label.annotation] : [...path, "annotations", label.annotation];
    return say(place, `has {{ ${label.variable} }}, and no entity that the rule applies to has this label`);
  });
}

/** One after the other: usually the first is enough. */
function* entitiesOf(
  { rule, kinds }: DraftRule,
  entities: readonly EntityConfig[],
): Generator<EntityConfig, undefined> {
  const names = new Set(kinds.map(({ kind }) => kind));
  const matches = compileMatch(rule);
  for (const entity of entities) {
    const { name, kind, labels } = entity;
    if (names.has(kind) && matches({ entity: name, kind, labels })) yield entity;
  }
}

/** The labels in templates that neither the rule nor an entity has. Leaves the entities alone where there are none. */
function missingLabels({ annotations = {}, labels }: Rule, matched: () => Iterable<EntityConfig>) {
  const used = Object.entries(annotations).flatMap(([annotation, text]) =>
    parseTemplate(text).variables.map((variable) => ({ annotation, variable })),
  );
  let missing = used.filter(({ variable }) => isMissing(variable, labels));
  if (missing.length === 0) return [];
  for (const entity of matched())
    missing = missing.filter(({ variable }) => isMissing(variable, entity.labels));
  return missing;
}

function isMissing(variable: string, labels: Labels = {}): boolean {
  return variable.startsWith("labels.") && !Object.hasOwn(labels, variable.slice("labels.".length));
}

/** Of rules with the same name and the same conditions: those that never apply, and the later one that does. */
function replaced(rules: readonly DraftRule[]): (readonly [DraftRule, DraftRule])[] {
  return rules.flatMap((draft, nth) => {
    const later = rules
      .slice(nth + 1)
      .find(({ rule, kinds }) => rule.enabled !== false && draft.kinds.every((kind) => kinds.includes(kind)));
    return later === undefined ? [] : [[draft, later] as const];
  });
}
