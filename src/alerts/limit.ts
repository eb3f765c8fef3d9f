import type { Severity } from "../core/alert.ts";
import {
  LEVELS,
  type Level,
  type LimitKey,
  type Limits,
  type Measure,
  type Values,
} from "../core/measure.ts";
import { unitSign } from "../core/text.ts";
import type { Crossing } from "../measures/crossing.ts";
import { LimitJudge } from "../measures/limit-judge.ts";
import { limitClause, valueText } from "../measures/limit-text.ts";
import type { EntityReading } from "../measures/reading.ts";
import type { RuleMemory } from "./rule-memory.ts";
import type { Breach, RuleTarget } from "./types.ts";
import { measureOf, shownLimit } from "./value.ts";

/** The alert severity of each limit level. */
export const SEVERITY_OF_LEVEL: Readonly<Record<Level, Severity>> = {
  degraded: "warning",
  critical: "critical",
  down: "page",
};

/** Overrides of a rule for the limits of a measure. */
export interface LimitOptions {
  /** In the unit of the measure; undefined: the limit of the entity. */
  readonly limits: Limits;
  /** Undefined: the value of the measure. */
  readonly minSamples?: number | undefined;
}

/** A limit that is currently crossed, or held; see Crossing. */
export interface CrossedLimit {
  readonly measure: Measure;
  readonly severity: Severity;
  readonly value: number;
  readonly limits: Limits;
  readonly crossing: Crossing;
}

/**
 * The worst limit that a measure of an entity crosses; undefined within the limits, or with too few samples. A rule
 * with the limits of the entity uses the verdict of health, so that both always agree; one with limits of its own uses
 * a judge of its own.
 * @param ticks the consecutive evaluations after which the rule fires
 */
export function crossingOf(
  reading: EntityReading,
  measureId: string,
  options: LimitOptions,
  memory: RuleMemory,
  ticks?: number,
): CrossedLimit | undefined {
  const { kind, values, limits, crossings } = reading;
  const measure = kind.measures.find(({ id }) => id === measureId);
  if (measure === undefined) return undefined;
  const own = definedOnly(options.limits);
  const sustained = ticks ?? measure.sustained ?? 1;
  const isShared = own === undefined && sustained === (measure.sustained ?? 1);
  const all = own === undefined ? limits[measureId] : { ...limits[measureId], ...own };
  const crossing =
    isShared && crossings !== undefined
      ? crossings.get(measureId)
      : memory.of(reading.entity, newJudge).judge(reading, measure, { limits: all, sustained }).crossing;
  if (crossing === undefined || hasFewSamples(measure, values, options.minSamples)) return undefined;
  const { level, recent } = crossing;
  const value = recent ?? values[measureId]!;
  return { measure, severity: SEVERITY_OF_LEVEL[level], value, limits: all!, crossing };
}

function newJudge(): LimitJudge {
  return new LimitJudge();
}

/** The severities of a rule on the limits of a measure; see RuleKind.severities. */
export function limitSeverities(measureId: string, own: Limits, target: RuleTarget | undefined): Severity[] {
  const limits = { ...target?.limits[measureId], ...definedOnly(own) };
  const levels = LEVELS.filter((level) => limits[level] !== undefined);
  return levels.map((level) => SEVERITY_OF_LEVEL[level]);
}

/** "p99 > 500ms warning, > 1,000ms critical"; see RuleKind.condition. */
export function limitCondition(measureId: string, own: Limits, target: RuleTarget | undefined): string {
  const measure = measureOf(target?.kind, measureId);
  const limits: Limits = { ...target?.limits[measureId], ...definedOnly(own) };
  const levels = LEVELS.filter((level) => limits[level] !== undefined);
  if (levels.length === 0) return `${measureId} beyond the limits of its entity`;
  const sign = measure?.worse === "down" ? "<" : ">";
  const parts = levels.map(
    (level) => `${sign} ${shownLimit(measure, limits[level]!)} ${SEVERITY_OF_LEVEL[level]}`,
  );
  return `${measureId} ${parts.join(", ")}`;
}

/** See Breach.isHeld. */
export function heldMark({ basis }: Crossing): Pick<Breach, "isHeld"> {
  return basis === "held" ? { isHeld: true } : {};
}

function hasFewSamples(measure: Measure, values: Values, least = measure.minSamples): boolean {
  return least !== undefined && measure.samples !== undefined && !(values[measure.samples]! >= least);
}

/** Undefined where nothing is defined. */
function definedOnly(limits: Limits): Limits | undefined {
  let defined: Record<string, number> | undefined;
  for (const key in limits) {
    const limit = limits[key as LimitKey];
    if (limit === undefined) continue;
    defined ??= {};
    defined[key] = limit;
  }
  return defined;
}

/** "payment-service: p99=1,020ms over 1,000ms" */
export function crossingBreach(
  entity: string,
  { measure, severity, value, limits, crossing }: CrossedLimit,
): Breach {
  const { id, unit, breach } = measure;
  const withSign = (text: string) => text + unitSign(unit);
  const clause = limitClause(measure, value, limits, crossing, withSign);
  const numbers = `${id}=${withSign(valueText(measure, value))}${clause}`;
  const message = `${entity}: ${breach ?? numbers}`;
  return { severity, measure: id, value, limit: limits[crossing.level]!, message, ...heldMark(crossing) };
}
