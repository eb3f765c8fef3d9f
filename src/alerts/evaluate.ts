import type { EntityKind } from "../core/entity.ts";
import type { Labels } from "../core/metric.ts";
import type { EntityReading } from "../measures/reading.ts";
import { RuleMemory } from "./rule-memory.ts";
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

/** A rule with its kind, or why it cannot be evaluated. */
interface Prepared {
  readonly rule: Rule;
  readonly kind: RuleKind<unknown> | undefined;
  readonly memory: RuleMemory;
}

/** The rules of one name: the general one, and those that name entities. */
interface Choice {
  readonly name: string;
  general: Prepared | undefined;
  readonly named: Map<string, Prepared>;
}

/**
 * The rules of a config, ready to be evaluated. If several rules with the same name apply to an entity, only
 * one is evaluated: a rule that names the entity takes precedence over a general one, and a later rule over an
 * earlier one. So a general rule can be followed by exceptions, and an entity has at most one alert per name.
 */
export class RuleSet {
  readonly #choices: readonly Choice[];
  readonly #prepared: readonly Prepared[];
  /** The choices that have something to say about an entity kind. */
  readonly #byKind = new Map<EntityKind, readonly Choice[]>();

  constructor(rules: readonly Rule[], kinds: ReadonlyMap<string, RuleKind<unknown>>) {
    const choices = new Map<string, Choice>();
    for (const rule of rules) {
      const { name, entities } = rule;
      const choice: Choice = choices.get(name) ?? { name, general: undefined, named: new Map() };
      choices.set(name, choice);
      const prepared = { rule, kind: kinds.get(rule.kind), memory: new RuleMemory() };
      if (entities === undefined) choice.general = prepared;
      else for (const entity of entities) choice.named.set(entity, prepared);
    }
    this.#choices = [...choices.values()];
    this.#prepared = this.#choices.flatMap(({ general, named }) => [
      ...(general === undefined ? [] : [general]),
      ...named.values(),
    ]);
  }

  /**
   * Evaluates every rule that applies to a reading. A rule that throws is reported and does not affect others.
   * @param now the instant of the evaluation, ms since the epoch
   */
  evaluate(readings: readonly EntityReading[], now: number): Evaluation {
    const instances: RuleInstance[] = [];
    const problems: RuleProblem[] = [];
    for (const reading of readings) {
      const { entity } = reading;
      for (const { name, general, named } of this.#choicesFor(reading.kind)) {
        const chosen = named.get(entity) ?? general;
        if (chosen === undefined) continue;
        try {
          const instance = evaluateOne(chosen, reading);
          if (instance !== undefined) instances.push(instance);
        } catch (error) {
          problems.push({ at: now, rule: name, entity, problem: messageOf(error) });
          instances.push({ rule: name, entity, breach: undefined, hold: NO_HOLD, failed: true });
        }
      }
    }
    this.#forgetGone(readings);
    return { instances, problems };
  }

  #forgetGone(readings: readonly EntityReading[]): void {
    let present: Set<string> | undefined;
    for (const { memory } of this.#prepared) {
      if (memory.size <= readings.length) continue;
      present ??= new Set(readings.map(({ entity }) => entity));
      memory.retain(present);
    }
  }

  /** Whether a rule of this name applies to an entity. */
  watches(rule: string, entity: string, kind: EntityKind): boolean {
    const choice = this.#choicesFor(kind).find(({ name }) => name === rule);
    const chosen = choice?.named.get(entity) ?? choice?.general;
    return chosen !== undefined && mayApply(chosen, kind);
  }

  #choicesFor(kind: EntityKind): readonly Choice[] {
    const known = this.#byKind.get(kind);
    if (known !== undefined) return known;
    const choices = this.#choices.filter(({ general, named }) =>
      [general, ...named.values()].some((prepared) => prepared !== undefined && mayApply(prepared, kind)),
    );
    this.#byKind.set(kind, choices);
    return choices;
  }
}

/** A rule of an unknown kind counts as one that applies, so that it is reported. */
function mayApply({ rule, kind }: Prepared, entityKind: EntityKind): boolean {
  return kind?.applies(entityKind, rule.options) ?? true;
}

/** Undefined where the rule does not apply, or its condition does not hold. */
function evaluateOne(prepared: Prepared, reading: EntityReading): RuleInstance | undefined {
  const { rule, kind, memory } = prepared;
  if (kind === undefined) throw new Error(`unknown rule kind ${rule.kind}`);
  if (!mayApply(prepared, reading.kind)) return undefined;
  const breach = kind.evaluate(reading, rule.options, memory);
  if (breach === undefined) return undefined;
  return { rule: rule.name, entity: reading.entity, breach, hold: kind.hold(rule.options, reading) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
