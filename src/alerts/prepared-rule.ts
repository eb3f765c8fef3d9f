import type { EntityKind } from "../core/entity.ts";
import { type Annotations, compileAnnotations } from "./annotations.ts";
import { compileMatch, type Matched } from "./match.ts";
import { RuleMemory } from "./rule-memory.ts";
import type { Rule, RuleKind } from "./types.ts";

/** A rule that can be evaluated: its kind, its conditions and templates compiled, and what it remembers. */
export interface PreparedRule {
  readonly rule: Rule;
  /** Undefined for an unknown kind, which is reported when the rule is evaluated. */
  readonly kind: RuleKind<unknown> | undefined;
  /** Rules with the same key are the same rule in two configs. */
  readonly key: string;
  readonly memory: RuleMemory;
  readonly annotations: Annotations | undefined;
  appliesTo(kind: EntityKind, it: Matched): boolean;
  /** Why it cannot be evaluated at all. */
  readonly fault: string | undefined;
  /** Why it could not be evaluated in the newest evaluation, if so. */
  problem: string | undefined;
}

/** @param memories what rules of an earlier config remember, by key */
export function prepareRule(
  rule: Rule,
  kind: RuleKind<unknown> | undefined,
  memories: ReadonlyMap<string, RuleMemory>,
): PreparedRule {
  const key = JSON.stringify([rule.name, rule.kind, rule.options, rule.entities, rule.match]);
  let fault: string | undefined;
  let matches: (it: Matched) => boolean = () => false;
  let annotations: Annotations | undefined;
  try {
    matches = compileMatch(rule);
    if (rule.annotations !== undefined) annotations = compileAnnotations(rule.annotations);
  } catch (error) {
    // Configs are checked for this; rules that are made otherwise must not end the tick.
    fault = error instanceof Error ? error.message : String(error);
  }
  return {
    rule,
    kind,
    key,
    memory: memories.get(key) ?? new RuleMemory(),
    annotations,
    appliesTo: (entityKind, it) => (kind?.applies(entityKind, rule.options) ?? true) && matches(it),
    fault,
    problem: fault,
  };
}
