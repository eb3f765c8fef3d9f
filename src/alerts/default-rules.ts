import type { EntityKind } from "../core/entity.ts";
import { limit } from "./rules/limit.ts";
import type { Rule, RuleKind } from "./types.ts";

/**
 * The rules of a config without a `rules` list: one of each kind that needs no options, and one for each
 * measure with limits whose alert name is not such a kind.
 */
export function defaultRules(
  ruleKinds: Iterable<RuleKind<unknown>>,
  entityKinds: Iterable<EntityKind>,
): readonly Rule[] {
  const rules = new Map<string, Rule>();
  for (const { kind, schema } of ruleKinds) {
    const options = schema.safeParse({});
    if (options.success) rules.set(kind, { name: kind, kind, options: options.data });
  }
  for (const { measures } of entityKinds) {
    for (const { id, alert, limits } of measures) {
      if (alert === undefined || limits === undefined || rules.has(alert)) continue;
      const options = limit.schema.parse({ measure: id });
      rules.set(alert, { name: alert, kind: limit.kind, options });
    }
  }
  return [...rules.values()];
}

/** The name of a configured rule's alerts. @param kind the rule kind @param options its parsed options */
export function ruleName(
  kind: string,
  options: Readonly<Record<string, unknown>>,
  entityKinds: Iterable<EntityKind>,
): string {
  if (typeof options.name === "string") return options.name;
  if (kind !== limit.kind) {
    return typeof options.measure === "string" ? `${kind}_${options.measure.toUpperCase()}` : kind;
  }
  for (const { measures } of entityKinds) {
    const alert = measures.find(({ id }) => id === options.measure)?.alert;
    if (alert !== undefined) return alert;
  }
  return `LIMIT_${String(options.measure).toUpperCase()}`;
}
