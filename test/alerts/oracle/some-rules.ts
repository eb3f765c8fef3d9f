import { all } from "../../../src/alerts/rules/all.ts";
import { any } from "../../../src/alerts/rules/any.ts";
import { change } from "../../../src/alerts/rules/change.ts";
import { not } from "../../../src/alerts/rules/not.ts";
import { threshold } from "../../../src/alerts/rules/threshold.ts";
import type { Rule, RuleMatch } from "../../../src/alerts/types.ts";
import { SEVERITIES } from "../../../src/core/alert.ts";
import type { Random } from "../../../src/core/random.ts";
import { below, MEASURES, pick, someLabels, VALUES } from "./scenario.ts";

const NAMES = 16;

/** Random rules with all options whose meaning is the same in Prometheus; some names have exceptions. */
export function someRules(random: Random, evaluationMs: number, missesTicks: boolean): Rule[] {
  return Array.from({ length: NAMES }, (_, nth) => `RULE_${nth}`).flatMap((name) => {
    const rule = (match: Pick<Rule, "entities" | "match">): Rule => ({
      name,
      ...someKind(random, name, evaluationMs, missesTicks),
      labels: random.chance(0.5) ? {} : someLabels(random),
      ...match,
    });
    if (random.chance(0.7)) return [rule({})];
    return [rule({}), rule(someMatch(random)), ...(random.chance(0.3) ? [rule(someMatch(random))] : [])];
  });
}

function someKind(
  random: Random,
  name: string,
  evaluationMs: number,
  missesTicks: boolean,
): Pick<Rule, "kind" | "options"> {
  const times = (isExact: boolean) => ({
    severity: pick(random, SEVERITIES),
    for: someTime(random, evaluationMs),
    keep_firing_for: isExact ? someTime(random, evaluationMs) : 0,
  });
  const kind = random.next();
  if (kind < 0.25) {
    const { kind, schema } = pick(random, [all, any, not]);
    const conditions = Array.from({ length: 1 + below(random, 3) }, () => someCondition(random, 3));
    return { kind, options: schema.parse({ name, conditions, ...times(!missesTicks) }) };
  }
  if (kind < 0.4 && !missesTicks)
    return { kind: change.kind, options: someChange(random, evaluationMs, times(true)) };
  return { kind: threshold.kind, options: someThreshold(random, evaluationMs, missesTicks) };
}

/** @param depth how deep it may be nested */
function someCondition(random: Random, depth: number): object {
  const kind = depth === 0 ? 0 : random.next();
  const several = () => Array.from({ length: 1 + below(random, 3) }, () => someCondition(random, depth - 1));
  if (kind > 0.85) return { not: someCondition(random, depth - 1) };
  if (kind > 0.7) return { all: several() };
  if (kind > 0.55) return { any: several() };
  const limit = below(random, VALUES);
  const bounds = [{ above: limit }, { below: limit }, { above: limit, below: below(random, limit + 1) }];
  return { measure: pick(random, MEASURES), ...pick(random, bounds) };
}

/** Exact where every value of the span is kept, and halves are never equal to a difference of whole numbers. */
function someChange(random: Random, evaluationMs: number, times: object): unknown {
  const evaluations = Math.max(Math.ceil(5_000 / evaluationMs), 1 + below(random, 12));
  return change.schema.parse({
    measure: pick(random, MEASURES),
    ...(random.chance(0.5) ? { by: below(random, 5) + 0.5 } : { percent: pick(random, [15, 35, 55, 130]) }),
    within: evaluations * evaluationMs,
    direction: pick(random, ["up", "down", "either"]),
    ...(random.chance(0.3) ? { min_samples: 1 + below(random, 5) } : {}),
    ...times,
  });
}

/** Multiples of the evaluation interval and times between them, often none; ms. */
function someTime(random: Random, evaluationMs: number): number {
  return Math.round(evaluationMs * pick(random, [0, 0, 0.5, 1, 1, 1.3, 2, 2.9, 3, 5, 8]));
}

function someMatch(random: Random): Pick<Rule, "entities" | "match"> {
  const matches: readonly RuleMatch[] = [
    { kind: ["service"] },
    { name: pick(random, ["entity-1", "*-?", "/entity-[02]/"]) },
    { labels: pick(random, ['team="a"', 'zone!="b"', 'tier=~"a|b", team!~"qu.*"', 'zone="back\\\\slash"']) },
  ];
  return random.chance(0.3)
    ? { entities: ["entity-0", "entity-2"] }
    : { match: Object.assign({}, ...matches.filter(() => random.chance(0.5))) };
}

function someThreshold(random: Random, evaluationMs: number, missesTicks: boolean): unknown {
  const isAbove = random.chance(0.5);
  const limit = below(random, VALUES);
  const other = isAbove ? below(random, limit + 1) : limit + below(random, VALUES - limit);
  const hasBoth = random.chance(0.15);
  // Prometheus evaluates between our ticks: what depends on single evaluations differs where some are missed.
  const isExact = !missesTicks;
  const isHeld = isExact && !hasBoth && random.chance(0.4);
  const hasLeast = !isHeld && random.chance(0.2);
  return threshold.schema.parse({
    measure: pick(random, MEASURES),
    [isAbove ? "above" : "below"]: limit,
    ...(hasBoth ? { [isAbove ? "below" : "above"]: other } : {}),
    ...(isHeld ? { recovery: other } : {}),
    ...(hasLeast ? { min_samples: 1 + below(random, 5) } : {}),
    severity: pick(random, SEVERITIES),
    for: someTime(random, evaluationMs),
    keep_firing_for: isHeld || missesTicks ? 0 : someTime(random, evaluationMs),
    ticks: isExact && random.chance(0.3) ? 1 + below(random, 4) : 1,
  });
}
