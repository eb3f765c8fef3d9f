import type { RuleSet } from "../alerts/evaluate.ts";
import { holdText } from "../alerts/hold-text.ts";
import { matchText } from "../alerts/match.ts";
import type { PreparedRule } from "../alerts/prepared-rule.ts";
import type { RuleTarget } from "../alerts/types.ts";
import type { Config } from "../config/types.ts";
import type { Alert } from "../core/alert.ts";
import type { EntityKind } from "../core/entity.ts";
import type { RuleSnapshot } from "./types.ts";

/** What a config says of a rule. */
type RuleText = Pick<RuleSnapshot, "name" | "kind" | "condition" | "severities" | "appliesTo">;

/** The rules of a config with what can be seen of them, for snapshots. */
export class RuleList {
  readonly #rules: RuleSet;
  readonly #texts: readonly RuleText[];
  /** The newest answer, and what it was made from. */
  #alerts: readonly Alert[] | undefined;
  #list: readonly RuleSnapshot[] = [];

  constructor(rules: RuleSet, config: Config, entityKinds: ReadonlyMap<string, EntityKind>) {
    this.#rules = rules;
    const names = new Set(config.entities.map(({ kind }) => kind));
    const kinds = [...names].flatMap((name) => entityKinds.get(name) ?? []);
    this.#texts = rules.rules.map((prepared) => textOf(prepared, kinds, config));
  }

  /** The rules with their active alerts. The same array until something about it changes. */
  withAlerts(alerts: readonly Alert[]): readonly RuleSnapshot[] {
    const { rules } = this.#rules;
    const isSame =
      alerts === this.#alerts &&
      this.#list.every(
        ({ enabled, problem }, nth) =>
          problem === rules[nth]!.problem && enabled === this.#rules.isEnabled(rules[nth]!.rule),
      );
    if (isSame) return this.#list;
    const counts = new Map<PreparedRule, { pending: number; firing: number }>();
    for (const { state, rule, entity } of alerts) {
      const prepared =
        state === "pending" || state === "firing" ? this.#rules.applied(rule, entity) : undefined;
      if (prepared === undefined) continue;
      const count = counts.get(prepared) ?? { pending: 0, firing: 0 };
      counts.set(prepared, count);
      if (state === "pending") count.pending += 1;
      else count.firing += 1;
    }
    this.#alerts = alerts;
    this.#list = rules.map((prepared, nth): RuleSnapshot => {
      const { pending = 0, firing = 0 } = counts.get(prepared) ?? {};
      const { rule, problem } = prepared;
      return { ...this.#texts[nth]!, enabled: this.#rules.isEnabled(rule), pending, firing, problem };
    });
    return this.#list;
  }
}

/** @param kinds those of the entities of the config */
function textOf({ rule, kind }: PreparedRule, kinds: readonly EntityKind[], config: Config): RuleText {
  const { name, kind: kindName, match, options } = rule;
  if (kind === undefined) {
    return { name, kind: kindName, condition: "unknown rule kind", severities: [], appliesTo: "" };
  }
  const own = kinds.filter(
    (each) => kind.applies(each, options) && match?.kind?.includes(each.kind) !== false,
  );
  const [only] = own;
  const target: RuleTarget | undefined =
    only !== undefined && own.length === 1
      ? { kind: only, limits: config.kinds[only.kind]?.limits ?? {} }
      : undefined;
  const hold = only === undefined ? "" : holdText(kind.hold(options, { kind: only }));
  return {
    name,
    kind: kindName,
    condition: kind.condition(options, target) + hold,
    severities: kind.severities(options, target),
    appliesTo: appliesTo(own, kinds, matchText(rule)),
  };
}

/** "all services", "services and hosts: name pay*", "all entities", "no entity of this config" */
function appliesTo(own: readonly EntityKind[], all: readonly EntityKind[], conditions: string): string {
  if (own.length === 0) return "no entity of this config";
  const titles = own.map(({ title }) => title);
  const what =
    own.length === all.length && own.length > 1
      ? "entities"
      : [titles.slice(0, -1).join(", "), titles.at(-1)!].filter((part) => part !== "").join(" and ");
  return conditions === "" ? `all ${what}` : `${what}: ${conditions}`;
}
