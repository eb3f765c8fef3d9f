import { parseMatchers } from "../../core/matchers.ts";
import { RuleSet } from "../evaluate.ts";
import { compileMatch } from "../match.ts";
import type { RuledEntity, RuledFleet } from "../ruled-fleet.ts";
import type { Rule, RuleTarget } from "../types.ts";
import { labelName, promString } from "./series.ts";

/** Entities of one kind with the same limits, to which the same rule applies. */
export interface Group {
  readonly rule: Rule;
  readonly target: RuleTarget;
  /** The label matchers that select them. */
  readonly matchers: string;
  /** The window of their values, ms. */
  readonly windowMs: number;
}

/** For each rule, in the order of the config, the groups of entities that it is written for. */
export function* groupsOf(fleet: RuledFleet): Generator<Group> {
  const byRule = membersByRule(fleet);
  for (const rule of fleet.rules) {
    const kind = fleet.ruleKinds.get(rule.kind);
    if (kind === undefined) continue;
    for (const [name, members] of Map.groupBy(byRule.get(rule) ?? [], (entity) => entity.kind)) {
      const entityKind = fleet.entityKinds.get(name)!;
      const common = fleet.kinds[name]?.limits ?? {};
      const relevant = ({ limits }: Pick<RuledEntity, "limits">) =>
        JSON.stringify(kind.measures(rule.options).map((id) => limits[id] ?? null));
      const usual = relevant({ limits: common });
      for (const [limits, same] of Map.groupBy(members, relevant)) {
        const target = { kind: entityKind, limits: same[0]!.limits };
        const matchers =
          limits === usual
            ? [...ownMatchers(rule, name), ...exceptions(fleet, rule, name, same)]
            : [`kind=${promString(name)}`, oneOf("=~", same)];
        yield { rule, target, matchers: matchers.join(","), windowMs: same[0]!.windowMs };
      }
    }
  }
}

function membersByRule({ rules, ruleKinds, entityKinds, entities }: RuledFleet) {
  const set = new RuleSet(rules, ruleKinds);
  const members = new Map<Rule, RuledEntity[]>();
  for (const entity of entities) {
    for (const rule of set.rulesFor({ ...entity, kind: entityKinds.get(entity.kind)! })) {
      const known = members.get(rule);
      if (known === undefined) members.set(rule, [entity]);
      else known.push(entity);
    }
  }
  return members;
}

/** The conditions of a rule as label matchers: they also select entities that come later. */
function ownMatchers({ entities, match = {} }: Rule, kind: string): string[] {
  const matchers = [`kind=${promString(kind)}`];
  if (entities !== undefined)
    matchers.push(
      oneOf(
        "=~",
        entities.map((name) => ({ name })),
      ),
    );
  if (match.name !== undefined) matchers.push(`entity=~${promString(nameRegex(match.name))}`);
  if (match.labels !== undefined) {
    for (const { name, operator, value } of parseMatchers(match.labels))
      matchers.push(`${labelName(name)}${operator}${promString(value)}`);
  }
  return matchers;
}

/** Those that meet the conditions of a rule, but to which another rule or other limits apply. */
function exceptions(fleet: RuledFleet, rule: Rule, kind: string, same: readonly RuledEntity[]): string[] {
  const meets = compileMatch(rule);
  const included = new Set(same);
  const others = fleet.entities.filter(
    (entity) =>
      entity.kind === kind &&
      !included.has(entity) &&
      meets({ entity: entity.name, kind, labels: entity.labels }),
  );
  return others.length === 0 ? [] : [oneOf("!~", others)];
}

/** `entity=~"a|b"`, or `entity="a"` for one. */
function oneOf(operator: "=~" | "!~", entities: readonly { readonly name: string }[]): string {
  if (entities.length === 1) return `entity${operator === "=~" ? "=" : "!="}${promString(entities[0]!.name)}`;
  return `entity${operator}${promString(entities.map(({ name }) => quoted(name)).join("|"))}`;
}

/** A pattern of names as a regular expression; see `compileName`. */
function nameRegex(pattern: string): string {
  const [, expression] = /^\/(.*)\/$/s.exec(pattern) ?? [];
  if (expression !== undefined) return expression;
  return quoted(pattern).replaceAll("\\*", ".*").replaceAll("\\?", ".");
}

/** Without a special meaning in a regular expression. */
function quoted(text: string): string {
  return text.replaceAll(/[\\.+*?()|[\]{}^$]/g, "\\$&");
}
