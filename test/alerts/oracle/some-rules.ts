import { threshold } from "../../../src/alerts/rules/threshold.ts";
import type { Rule, RuleMatch } from "../../../src/alerts/types.ts";
import { SEVERITIES } from "../../../src/core/alert.ts";
import type { Random } from "../../../src/core/random.ts";
import { below, MEASURES, pick, someLabels, VALUES } from "./scenario.ts";

const NAMES = 12;

/** Random thresholds with all options whose meaning is the same in Prometheus; some names have exceptions. */
export function someRules(random: Random, evaluationMs: number, missesTicks: boolean): Rule[] {
  return Array.from({ length: NAMES }, (_, nth) => `RULE_${nth}`).flatMap((name) => {
    const rule = (match: Pick<Rule, "entities" | "match">): Rule => ({
      name,
      kind: threshold.kind,
      options: someOptions(random, evaluationMs, missesTicks),
      labels: random.chance(0.5) ? {} : someLabels(random),
      ...match,
    });
    if (random.chance(0.7)) return [rule({})];
    return [rule({}), rule(someMatch(random)), ...(random.chance(0.3) ? [rule(someMatch(random))] : [])];
  });
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

function someOptions(random: Random, evaluationMs: number, missesTicks: boolean): unknown {
  /** Multiples of the evaluation interval and times between them, often none. */
  const time = () => Math.round(evaluationMs * pick(random, [0, 0, 0.5, 1, 1, 1.3, 2, 2.9, 3, 5, 8]));
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
    for: time(),
    keep_firing_for: isHeld || missesTicks ? 0 : time(),
    ticks: isExact && random.chance(0.3) ? 1 + below(random, 4) : 1,
  });
}
