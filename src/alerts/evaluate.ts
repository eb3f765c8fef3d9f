import type { EntityKind } from "../core/entity.ts";
import type { Labels } from "../core/metric.ts";
import type { EntityReading } from "../measures/reading.ts";
import { type Matched, specificityOf } from "./match.ts";
import { type PreparedRule, prepareRule } from "./prepared-rule.ts";
import type { Breach, Hold, Rule, RuleKind } from "./types.ts";

/** What one rule found for one entity in one evaluation. */
export interface RuleInstance {
  readonly rule: string;
  readonly entity: string;
  /** The labels of the rule, which are part of the alert's identity. */
  readonly labels?: Labels;
  readonly breach: Breach | undefined;
  readonly hold: Hold;
  /** The rule could not be evaluated: ignore `breach` and keep the previous state. */
  readonly failed?: boolean;
  /** Why nothing can be said, for its message: "no data for 40s". */
  readonly note?: string;
  /** Renders the annotations of the rule with the values of this evaluation. */
  readonly annotations?: () => Labels;
}

/** A rule that threw for an entity. */
export interface RuleProblem {
  /** ms since the epoch */
  readonly at: number;
  readonly rule: string;
  readonly entity: string;
  readonly problem: string;
}

export interface Evaluation {
  /** At most one for each pair of rule name and entity. */
  readonly instances: readonly RuleInstance[];
  readonly problems: readonly RuleProblem[];
}

const NO_HOLD: Hold = { ticks: 1, ms: 0 };
const NO_LABELS: Labels = {};

/** The rules that apply to one entity. */
interface Plan {
  readonly entity: string;
  readonly kind: EntityKind;
  readonly labels: Labels | undefined;
  readonly rules: readonly PreparedRule[];
  /** Why nothing was known of the entity in the newest evaluation. */
  unknown: string | undefined;
}

/**
 * The rules of a config, ready to be evaluated. If several rules with the same name apply to an entity, only the most
 * specific one is evaluated (`specificityOf`), and of equally specific ones the later. So a general rule can have
 * exceptions, and an entity has at most one alert per name. A disabled rule counts as absent.
 */
export class RuleSet {
  readonly #prepared: readonly PreparedRule[];
  /** Which rules apply to an entity is decided once, and again when its kind or labels have changed. */
  readonly #plans = new Map<string, Plan>();
  /** In the order of the newest readings: usually the same again. */
  readonly #inOrder: Plan[] = [];
  /** What operators have enabled and disabled, by rule name. */
  readonly #switched: Map<string, boolean> = new Map();

  /** @param before the rules of the config before: unchanged rules keep what they remember of their entities */
  constructor(rules: readonly Rule[], kinds: ReadonlyMap<string, RuleKind<unknown>>, before?: RuleSet) {
    const memories = new Map(before?.rules.map((prepared) => [prepared.key, prepared.memory]));
    this.#prepared = rules.map((rule) => {
      const prepared = prepareRule(rule, kinds.get(rule.kind), memories);
      memories.delete(prepared.key);
      return prepared;
    });
    if (before !== undefined) this.#switched = before.#switched;
  }

  /** The rules in the order of the config. */
  get rules(): readonly PreparedRule[] {
    return this.#prepared;
  }

  /** Whether a rule is evaluated: as an operator has said for its name, or as the config says. */
  isEnabled({ name, enabled }: Rule): boolean {
    return this.#switched.get(name) ?? enabled !== false;
  }

  /** Enables or disables all rules of a name. What they remember of their entities is forgotten. */
  enable(name: string, enabled: boolean): void {
    this.#switched.set(name, enabled);
    for (const { rule, memory } of this.#prepared) if (rule.name === name) memory.retain(new Set());
    this.#plans.clear();
    this.#inOrder.length = 0;
  }

  /**
   * Evaluates every rule that applies to a reading. A rule that throws is reported and does not affect others.
   * @param now the instant of the evaluation, ms since the epoch
   */
  evaluate(readings: readonly EntityReading[], now: number): Evaluation {
    const instances: RuleInstance[] = [];
    const problems: RuleProblem[] = [];
    for (const prepared of this.#prepared) prepared.problem = prepared.fault;
    for (let nth = 0; nth < readings.length; nth++) {
      const reading = readings[nth]!;
      const plan = this.#planOf(reading, nth);
      plan.unknown = reading.unknown;
      for (const prepared of plan.rules) {
        if (reading.unknown !== undefined && prepared.kind?.judgesUnknown === undefined) continue;
        try {
          const instance = evaluateOne(prepared, reading);
          if (instance !== undefined) instances.push(instance);
        } catch (error) {
          const { rule } = prepared;
          const problem = messageOf(error);
          prepared.problem = problem;
          problems.push({ at: now, rule: rule.name, entity: reading.entity, problem });
          instances.push(failedInstance(rule, reading.entity));
        }
      }
    }
    this.#inOrder.length = readings.length;
    this.#forgetGone(readings);
    return { instances, problems };
  }

  /** The rules that apply to an entity, in the order of the config. */
  rulesFor(it: {
    readonly name: string;
    readonly kind: EntityKind;
    readonly labels: Labels;
  }): readonly Rule[] {
    const { rules } = this.#plan({ entity: it.name, kind: it.kind, labels: it.labels });
    return rules.map(({ rule }) => rule);
  }

  /** Whether a rule of this name applies to an entity; otherwise why not. */
  watches(rule: string, entity: string, kind: EntityKind, labels: Labels = NO_LABELS): true | string {
    const plan = this.#plans.get(entity) ?? this.#plan({ entity, kind, labels });
    if (plan.rules.some((prepared) => prepared.rule.name === rule)) return true;
    const named = this.#prepared.filter((prepared) => prepared.rule.name === rule);
    if (named.length === 0) return "rule removed";
    return named.some((prepared) => this.isEnabled(prepared.rule))
      ? "the rule no longer applies"
      : "rule disabled";
  }

  /** The rule of this name that was applied to an entity in the newest evaluation. */
  applied(rule: string, entity: string): PreparedRule | undefined {
    return this.#plans.get(entity)?.rules.find((prepared) => prepared.rule.name === rule);
  }

  /** Why nothing can be said about an entity by a rule of this name; undefined where something can. */
  whyFrozen(rule: string, entity: string): string | undefined {
    const plan = this.#plans.get(entity);
    if (plan?.unknown === undefined) return undefined;
    const prepared = this.applied(rule, entity);
    return prepared?.kind?.judgesUnknown === undefined ? plan.unknown : undefined;
  }

  #planOf(reading: EntityReading, nth: number): Plan {
    const { entity, kind, labels } = reading;
    const last = this.#inOrder[nth];
    const known = last?.entity === entity ? last : this.#plans.get(entity);
    if (known?.kind === kind && known.labels === labels) {
      this.#inOrder[nth] = known;
      return known;
    }
    const plan = this.#plan({ entity, kind, labels });
    this.#plans.set(entity, plan);
    this.#inOrder[nth] = plan;
    return plan;
  }

  #plan({ entity, kind, labels }: Pick<Plan, "entity" | "kind" | "labels">): Plan {
    const it: Matched = { entity, kind: kind.kind, labels: labels ?? NO_LABELS };
    const chosen = new Map<string, PreparedRule>();
    for (const prepared of this.#prepared) {
      const { rule } = prepared;
      if (!this.isEnabled(rule) || !prepared.appliesTo(kind, it)) continue;
      const known = chosen.get(rule.name);
      if (known === undefined || specificityOf(rule) >= specificityOf(known.rule))
        chosen.set(rule.name, prepared);
    }
    return { entity, kind, labels, rules: [...chosen.values()], unknown: undefined };
  }

  #forgetGone(readings: readonly EntityReading[]): void {
    let present: Set<string> | undefined;
    const names = () => (present ??= new Set(readings.map(({ entity }) => entity)));
    for (const { memory } of this.#prepared) if (memory.size > readings.length) memory.retain(names());
    if (this.#plans.size <= readings.length) return;
    for (const entity of this.#plans.keys()) if (!names().has(entity)) this.#plans.delete(entity);
  }
}

/** Undefined where the condition does not hold. */
function evaluateOne(prepared: PreparedRule, reading: EntityReading): RuleInstance | undefined {
  const { rule, kind, memory, annotations } = prepared;
  if (kind === undefined) throw new Error(`unknown rule kind ${rule.kind}`);
  const { entity, unknown } = reading;
  if (unknown !== undefined && kind.judgesUnknown?.(reading, rule.options) !== true)
    return { ...failedInstance(rule, entity), note: unknown };
  const found = kind.evaluate(reading, rule.options, memory);
  if (found === undefined) return undefined;
  const finding = { rule, reading, breach: found };
  const breach = annotations === undefined ? found : { ...found, message: annotations.message(finding) };
  return {
    rule: rule.name,
    entity,
    ...(rule.labels === undefined ? {} : { labels: rule.labels }),
    breach,
    hold: kind.hold(rule.options, reading),
    ...(annotations === undefined ? {} : { annotations: () => annotations.render(finding) }),
  };
}

function failedInstance({ name, labels }: Rule, entity: string): RuleInstance {
  const own = labels === undefined ? {} : { labels };
  return { rule: name, entity, ...own, breach: undefined, hold: NO_HOLD, failed: true };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
