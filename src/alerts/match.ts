import { matchesGlob } from "../core/glob.ts";
import { compileMatchers, parseMatchers } from "../core/matchers.ts";
import type { Labels } from "../core/metric.ts";
import { compileRegex } from "../core/regex.ts";
import type { Rule, RuleMatch } from "./types.ts";

/** What rules are matched by. */
export interface Matched {
  readonly entity: string;
  /** The name of its kind. */
  readonly kind: string;
  readonly labels: Labels;
}

/** A name between slashes is a regular expression. */
const REGEX = /^\/(.*)\/$/s;

/**
 * The test of an entity by the conditions of a rule. Takes linear time, whatever the pattern.
 * @throws RangeError with a sentence for a condition that cannot be read
 */
export function compileMatch({
  entities,
  match = {},
}: Pick<Rule, "entities" | "match">): (it: Matched) => boolean {
  const names = entities === undefined ? undefined : new Set(entities);
  const isName = match.name === undefined ? undefined : compileName(match.name);
  const hasLabels = match.labels === undefined ? undefined : compileMatchers(parseMatchers(match.labels));
  return ({ entity, kind, labels }) =>
    names?.has(entity) !== false &&
    match.kind?.includes(kind) !== false &&
    isName?.(entity) !== false &&
    hasLabels?.({ ...labels, kind, entity }) !== false;
}

/** @throws RangeError for an invalid regular expression */
export function compileName(pattern: string): (name: string) => boolean {
  const [, expression] = REGEX.exec(pattern) ?? [];
  return expression === undefined ? (name) => matchesGlob(pattern, name) : compileRegex(expression);
}

/** Whether the regular expression engine must be loaded before the rule can be evaluated. */
export function usesRegex({ match }: Pick<Rule, "match">): boolean {
  return match !== undefined && (REGEX.test(match.name ?? "") || /[=!]~/.test(match.labels ?? ""));
}

/**
 * Of several rules with the same name, the one with the highest specificity applies to an entity: `entities` counts
 * more than `match.name`, that more than `match.labels`, and that more than `match.kind`.
 */
export function specificityOf({ entities, match = {} }: Pick<Rule, "entities" | "match">): number {
  const bit = (condition: unknown, value: number) => (condition === undefined ? 0 : value);
  return bit(entities, 8) + bit(match.name, 4) + bit(match.labels, 2) + bit(match.kind, 1);
}

/** The conditions as text: `name pay*, team="payments"`; empty without any besides kinds. */
export function matchText({
  entities,
  match = {},
}: {
  entities?: readonly string[] | undefined;
  match?: RuleMatch;
}) {
  const parts = [
    ...(entities === undefined ? [] : [entities.join(", ")]),
    ...(match.name === undefined ? [] : [`name ${match.name}`]),
    ...(match.labels === undefined ? [] : [match.labels]),
  ];
  return parts.join(", ");
}
