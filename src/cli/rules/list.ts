import { holdText } from "../../alerts/hold-text.ts";
import { matchText } from "../../alerts/match.ts";
import type { Rule, RuleTarget } from "../../alerts/types.ts";
import { catalog } from "../../catalog/index.ts";
import type { Config } from "../../config/types.ts";
import { durationText } from "../../core/duration.ts";
import { printable } from "../../core/printable.ts";

/** One rule of a config, as `rules list --json` gives it. */
interface ListedRule {
  readonly name: string;
  readonly kind: string;
  readonly enabled: boolean;
  readonly condition: string;
  readonly severities: readonly string[];
  /** Which entities it applies to; empty: all that have its measures. */
  readonly applies_to: string;
  readonly for: string;
  readonly keep_firing_for: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The rules of a config, in its order. */
export function listRules(config: Config, asJson: boolean): string {
  const rules = config.rules.map((rule) => listed(rule, config));
  if (asJson) return `${JSON.stringify(rules, null, 2)}\n`;
  if (rules.length === 0) return "the config has no rules\n";
  return rules.map((rule) => `${printable(lineOf(rule)).trimEnd()}\n`).join("");
}

function listed(rule: Rule, config: Config): ListedRule {
  const kind = catalog.rules.get(rule.kind)!;
  const target = targetOf(rule, config);
  const hold = kind.hold(rule.options, target ?? { kind: catalog.entities.values().next().value! });
  return {
    name: rule.name,
    kind: rule.kind,
    enabled: rule.enabled !== false,
    condition: kind.condition(rule.options, target),
    severities: kind.severities(rule.options, target),
    applies_to: [...(rule.match?.kind ?? []), matchText(rule)].filter((part) => part !== "").join(", "),
    for: holdText(hold).slice(" for ".length) || "0s",
    keep_firing_for: durationText(hold.keepFiringMs ?? 0),
    labels: rule.labels ?? {},
  };
}

/** The kind of the entities that a rule applies to, if they are of one kind. */
function targetOf(rule: Rule, { entities, kinds }: Config): RuleTarget | undefined {
  const { applies } = catalog.rules.get(rule.kind)!;
  const named = new Set(entities.map(({ kind }) => kind));
  const [only, ...others] = [...named]
    .map((name) => catalog.entities.get(name)!)
    .filter((kind) => applies(kind, rule.options) && rule.match?.kind?.includes(kind.kind) !== false);
  if (only === undefined || others.length > 0) return undefined;
  return { kind: only, limits: kinds[only.kind]?.limits ?? {} };
}

function lineOf(rule: ListedRule): string {
  const parts = [
    `${rule.name.padEnd(20)} ${rule.condition}`,
    ...(rule.for === "0s" ? [] : [`for ${rule.for}`]),
    ...(rule.applies_to === "" ? [] : [`on ${rule.applies_to}`]),
    ...(rule.enabled ? [] : ["(disabled)"]),
  ];
  return parts.join(" ");
}
