import type { Labels } from "../../core/metric.ts";
import type { RuledFleet } from "../ruled-fleet.ts";
import type { Hold, Rule } from "../types.ts";
import { annotationsOf, type Part } from "./annotations.ts";
import { orElse } from "./expressions.ts";
import { groupsOf } from "./groups.ts";
import { labelName, promDuration } from "./series.ts";
import type { PromCondition } from "./types.ts";

/** One alerting rule as in a rule file of Prometheus. */
export interface PromAlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels: Labels;
  readonly annotations: Labels;
}

/** A rule file of Prometheus, and what it does not say. */
export interface PromExport {
  readonly file: {
    readonly groups: readonly {
      readonly name: string;
      readonly interval: string;
      readonly rules: readonly PromAlertingRule[];
    }[];
  };
  /** In what the rules of the file differ from ours, and why a rule is not in it: sentences by rule name. */
  readonly differences: ReadonlyMap<string, ReadonlySet<string>>;
}

/** One rule for Prometheus in the making: the conditions of several groups of entities are joined. */
interface Draft {
  readonly head: Omit<PromAlertingRule, "expr" | "annotations">;
  readonly parts: Part[];
}

/** The rules of a config as a rule file of Prometheus. For the names of series see `seriesName`. */
export function exportRules(fleet: RuledFleet): PromExport {
  const drafts = new Map<string, Draft>();
  const differences = new Map<string, Set<string>>();
  const differs = (rule: string, sentence: string) =>
    differences.set(rule, (differences.get(rule) ?? new Set()).add(sentence));
  const written = new Set<Rule>();

  for (const { rule, target, matchers, windowMs } of groupsOf(fleet)) {
    const kind = fleet.ruleKinds.get(rule.kind)!;
    written.add(rule);
    if (kind.promql === undefined) {
      differs(rule.name, `left out: PromQL cannot express ${kind.kind}`);
      continue;
    }
    const scope = { ...target, matchers, windowMs, alert: rule.name, tickMs: fleet.tickMs };
    const { conditions, differences: own } = kind.promql(rule.options, scope);
    const hold = kind.hold(rule.options, target);
    for (const sentence of own) differs(rule.name, sentence);
    if (hold.ticks > 1)
      differs(
        rule.name,
        `${hold.ticks} consecutive evaluations became for: ${promDuration(forMs(hold, fleet.tickMs))}`,
      );
    const text = kind.condition(rule.options, target);
    for (const condition of conditions) {
      const head = headOf(rule, condition, hold, fleet.tickMs);
      const part = { rule, kind: target.kind, condition, text };
      const key = JSON.stringify(head);
      const known = drafts.get(key);
      if (known === undefined) drafts.set(key, { head, parts: [part] });
      else known.parts.push(part);
    }
  }
  for (const rule of fleet.rules) {
    if (rule.enabled === false) differs(rule.name, "left out: the rule is disabled");
    else if (!written.has(rule)) differs(rule.name, "left out: it applies to no entity of the config");
  }
  const rules = Array.from(drafts.values(), ({ head: { alert, ...rest }, parts }) => ({
    alert,
    expr: orElse(parts.map(({ condition }) => condition.expr)),
    ...rest,
    annotations: annotationsOf(parts),
  }));
  const groups = [{ name: "faultline", interval: promDuration(fleet.tickMs), rules }];
  return { file: { groups }, differences };
}

/** N evaluations last N - 1 intervals. */
function forMs({ ticks, ms }: Hold, tickMs: number): number {
  return Math.max(ms, (ticks - 1) * tickMs);
}

function headOf(
  rule: Rule,
  { severity, lastsMs = 0 }: PromCondition,
  hold: Hold,
  tickMs: number,
): Draft["head"] {
  const own = Object.entries(rule.labels ?? {}).map(([name, value]) => [labelName(name), value] as const);
  const { keepFiringMs = 0 } = hold;
  const waits = forMs(hold, tickMs) + lastsMs;
  return {
    alert: rule.name,
    ...(waits > 0 ? { for: promDuration(waits) } : {}),
    ...(keepFiringMs > 0 ? { keep_firing_for: promDuration(keepFiringMs) } : {}),
    labels: { ...Object.fromEntries(own), severity },
  };
}
