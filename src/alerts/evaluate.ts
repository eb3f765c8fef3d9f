import type { EntityReading } from "../measures/reading.ts";
import type { Breach, Hold, Rule, RuleKind } from "./types.ts";

/** What one rule found for one entity in one evaluation. */
export interface RuleInstance {
  readonly rule: string;
  readonly entity: string;
  readonly breach: Breach | undefined;
  readonly hold: Hold;
  /** The rule could not be evaluated: `breach` means nothing, and what was known before stands. */
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

/**
 * Evaluates every rule that applies to a reading. Where several rules of one name apply to an entity, one
 * decides: a rule that names the entity before a general one, and a later one before an earlier. So a general
 * rule can be followed by exceptions, and there is never more than one alert of a name for an entity. A rule that
 * throws for an entity is reported and stops no other.
 * @param now the instant of the evaluation, ms since the epoch
 */
export function evaluateRules(
  rules: readonly Rule[],
  readings: Iterable<EntityReading>,
  now: number,
  kinds: ReadonlyMap<string, RuleKind<unknown>>,
): Evaluation {
  const choices = [...chooseByName(rules)];
  const instances: RuleInstance[] = [];
  const problems: RuleProblem[] = [];
  for (const reading of readings) {
    const { entity } = reading;
    for (const [name, choice] of choices) {
      const rule = choice.named.get(entity) ?? choice.general;
      if (rule === undefined) continue;
      try {
        const instance = evaluateOne(kinds, rule, reading);
        if (instance !== undefined) instances.push(instance);
      } catch (error) {
        problems.push({ at: now, rule: name, entity, problem: messageOf(error) });
        instances.push({ rule: name, entity, breach: undefined, hold: NO_HOLD, failed: true });
      }
    }
  }
  return { instances, problems };
}

/** Undefined where the rule has nothing to say about this kind of entity. */
function evaluateOne(
  kinds: ReadonlyMap<string, RuleKind<unknown>>,
  rule: Rule,
  reading: EntityReading,
): RuleInstance | undefined {
  const kind = kinds.get(rule.kind);
  if (kind === undefined) throw new Error(`there is no rule kind ${rule.kind}`);
  if (!kind.applies(reading.kind, rule.options)) return undefined;
  return {
    rule: rule.name,
    entity: reading.entity,
    breach: kind.evaluate(reading, rule.options),
    hold: kind.hold(rule.options, reading),
  };
}

interface Choice {
  general: Rule | undefined;
  readonly named: Map<string, Rule>;
}

function chooseByName(rules: readonly Rule[]): Map<string, Choice> {
  const choices = new Map<string, Choice>();
  for (const rule of rules) {
    const choice = choices.get(rule.name) ?? { general: undefined, named: new Map() };
    choices.set(rule.name, choice);
    if (rule.entities === undefined) choice.general = rule;
    else for (const entity of rule.entities) choice.named.set(entity, rule);
  }
  return choices;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
