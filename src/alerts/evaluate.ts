import type { ServiceReading } from "../core/reading.ts";
import { ruleKinds } from "./rules/index.ts";
import type { Breach, Hold, Rule, RuleKind } from "./types.ts";

/** What one rule said of one service in one evaluation. */
export interface RuleInstance {
  readonly rule: string;
  readonly service: string;
  readonly breach: Breach | undefined;
  readonly hold: Hold;
  /** The rule could not be evaluated: `breach` means nothing, and what was known before stands. */
  readonly failed?: boolean;
}

/** A rule that threw for a service. */
export interface RuleProblem {
  /** ms since the epoch */
  readonly at: number;
  readonly rule: string;
  readonly service: string;
  readonly problem: string;
}

export interface Evaluation {
  /** At most one for each pair of rule kind and service. */
  readonly instances: readonly RuleInstance[];
  readonly problems: readonly RuleProblem[];
}

const NO_HOLD: Hold = { ticks: 1, ms: 0 };

/**
 * Looks at every reading with every rule that applies to it. Where several rules of one kind apply to a
 * service, one decides: a rule that names the service goes before one for all, and a later one before an
 * earlier. So a general rule can be followed by exceptions, and there is never more than one alert of a
 * kind for a service. A rule that throws for a service is reported and stops no other.
 * @param now the instant of the evaluation, ms since the epoch
 */
export function evaluateRules(
  rules: readonly Rule[],
  readings: Iterable<ServiceReading>,
  now: number,
  kinds: Readonly<Record<string, RuleKind<unknown>>> = ruleKinds,
): Evaluation {
  const choices = [...chooseByKind(rules)];
  const instances: RuleInstance[] = [];
  const problems: RuleProblem[] = [];
  for (const reading of readings) {
    const { service } = reading;
    for (const [name, choice] of choices) {
      const rule = choice.named.get(service) ?? choice.general;
      if (rule === undefined) continue;
      try {
        instances.push(evaluateOne(kinds, rule, reading));
      } catch (error) {
        problems.push({ at: now, rule: name, service, problem: messageOf(error) });
        instances.push({ rule: name, service, breach: undefined, hold: NO_HOLD, failed: true });
      }
    }
  }
  return { instances, problems };
}

function evaluateOne(
  kinds: Readonly<Record<string, RuleKind<unknown>>>,
  rule: Rule,
  reading: ServiceReading,
): RuleInstance {
  const kind = Object.hasOwn(kinds, rule.kind) ? kinds[rule.kind] : undefined;
  if (kind === undefined) throw new Error(`there is no rule kind ${rule.kind}`);
  return {
    rule: rule.kind,
    service: reading.service,
    breach: kind.evaluate(reading, rule.options),
    hold: kind.hold(rule.options),
  };
}

interface Choice {
  general: Rule | undefined;
  readonly named: Map<string, Rule>;
}

function chooseByKind(rules: readonly Rule[]): Map<string, Choice> {
  const choices = new Map<string, Choice>();
  for (const rule of rules) {
    const choice = choices.get(rule.kind) ?? { general: undefined, named: new Map() };
    choices.set(rule.kind, choice);
    if (rule.services === undefined) choice.general = rule;
    else for (const service of rule.services) choice.named.set(service, rule);
  }
  return choices;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
