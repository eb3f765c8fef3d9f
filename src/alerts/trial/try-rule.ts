import type { Alert } from "../../core/alert.ts";
import type { Measure } from "../../core/measure.ts";
import type { RuledEntity, RuledFleet } from "../ruled-fleet.ts";
import type { Rule } from "../types.ts";
import { measureOf } from "../value.ts";
import type { Sample } from "./series-notation.ts";
import { typedValues } from "./shares.ts";
import { Trial } from "./trial.ts";

/** One evaluation of a rule over test values. */
export interface TrialStep {
  /** ms since the beginning */
  readonly at: number;
  /** In the unit of the measure. */
  readonly value: Sample;
  /** The state of the alert after it. */
  readonly state: "inactive" | Alert["state"];
  readonly severity: Alert["severity"] | undefined;
  readonly message: string | undefined;
}

/** What a trial of a rule showed. */
export interface RuleTrial {
  readonly rule: Rule;
  /** The measure that had the values. */
  readonly measure: Measure;
  readonly entity: RuledEntity;
  readonly everyMs: number;
  readonly steps: readonly TrialStep[];
}

/** How a rule is tried. */
export interface TrialOptions {
  /** The kind of the entity; default: the first kind of the fleet that the rule applies to. */
  readonly kind?: string | undefined;
  /** The time between two values, ms; default: the evaluation interval of the fleet. */
  readonly everyMs?: number | undefined;
}

/**
 * Evaluates a rule over values of its measure, one per step, beginning without an alert: of several rules with the
 * name the last, whatever entities it is meant for and whether or not it is enabled.
 * @param typed values of its measure; shares also as percentages, see `typedValues`
 * @returns a sentence where it cannot be tried
 */
export function tryRule(
  fleet: RuledFleet,
  name: string,
  typed: readonly Sample[],
  { kind, everyMs = fleet.tickMs }: TrialOptions = {},
): RuleTrial | string {
  const rule = fleet.rules.findLast((each) => each.name === name);
  if (rule === undefined) return `there is no rule ${name}`;
  const ruleKind = fleet.ruleKinds.get(rule.kind)!;
  const measures = [...new Set(ruleKind.measures(rule.options))];
  if (measures.length > 1)
    return `${name} reads several measures (${measures.join(", ")}); try it with a file: rules test FILE`;
  const entity = triedEntity(fleet, rule, kind);
  if (entity === undefined) return `${name} applies to no ${kind ?? "entity"} of this config`;
  const entityKind = fleet.entityKinds.get(entity.kind)!;
  const measure = measureOf(entityKind, measures[0] ?? entityKind.headline);
  if (measure === undefined) return `${name} reads ${measures[0]}, which ${entityKind.title} do not have`;
  const values = typedValues(typed, measure);
  if (typeof values === "string") return values;
  const { entities: _, match: __, enabled: ___, ...general } = rule;
  const tried = { ...entity, kind: entityKind, staleAfterMs: Math.max(5_000, 3 * everyMs) };
  const trial = new Trial([general], fleet.ruleKinds, [tried], everyMs);
  const steps = values.map((value, nth): TrialStep => {
    const at = nth * everyMs;
    const [alert] = trial.step(at, new Map([[entity.name, { [measure.id]: value }]]));
    return {
      at,
      value,
      state: alert?.state ?? "inactive",
      severity: alert?.severity,
      message: alert?.message,
    };
  });
  const [problem] = trial.problems;
  if (problem !== undefined) return `${name} cannot be evaluated: ${problem.problem}`;
  return { rule, measure, entity, everyMs, steps };
}

/** An entity that the rule could apply to: one of the fleet, or of that kind. */
function triedEntity(fleet: RuledFleet, rule: Rule, kind: string | undefined): RuledEntity | undefined {
  const ruleKind = fleet.ruleKinds.get(rule.kind)!;
  const applies = (name: string) => ruleKind.applies(fleet.entityKinds.get(name)!, rule.options);
  const known = fleet.entities.find(
    (entity) =>
      (kind === undefined || entity.kind === kind) &&
      applies(entity.kind) &&
      rule.entities?.includes(entity.name) !== false &&
      rule.match?.kind?.includes(entity.kind) !== false,
  );
  if (known !== undefined || kind === undefined || !fleet.entityKinds.has(kind) || !applies(kind))
    return known;
  return { name: kind, kind, labels: {}, limits: fleet.kinds[kind]?.limits ?? {}, windowMs: 60_000 };
}
