import type { Severity } from "../core/alert.ts";
import { hasEvidence, isBeyond } from "../core/limits.ts";
import { LEVELS, type Level, type Limits, type Measure } from "../core/measure.ts";
import { unitSign } from "../core/text.ts";
import { limitText, sideOf, valueText } from "../measures/limit-text.ts";
import type { EntityReading } from "../measures/reading.ts";
import type { Breach } from "./types.ts";

/** The alert severity of each limit level. */
export const SEVERITY_OF_LEVEL: Readonly<Record<Level, Severity>> = {
  degraded: "warning",
  critical: "critical",
  down: "page",
};

const WORST_FIRST = LEVELS.toReversed();

/** Overrides of a rule for the limits of a measure. */
export interface LimitOptions {
  /** In the unit of the measure; undefined: the limit of the entity. */
  readonly limits: Limits;
  /** Undefined: the value of the measure. */
  readonly minSamples?: number | undefined;
}

/** A limit that is currently crossed. */
export interface Crossing {
  readonly measure: Measure;
  readonly severity: Severity;
  readonly value: number;
  readonly limit: number;
}

/**
 * The worst limit that a measure of an entity crosses; undefined within the limits, or with too few samples.
 */
export function crossingOf(
  { kind, values, limits }: EntityReading,
  measureId: string,
  options: LimitOptions,
): Crossing | undefined {
  const measure = kind.measures.find(({ id }) => id === measureId);
  if (measure === undefined) return undefined;
  const minSamples = options.minSamples ?? measure.minSamples;
  if (
    minSamples !== undefined &&
    measure.samples !== undefined &&
    !(values[measure.samples]! >= minSamples)
  ) {
    return undefined;
  }
  const value = values[measureId]!;
  const own = limits[measureId];
  for (const level of WORST_FIRST) {
    const limit = options.limits[level] ?? own?.[level];
    if (limit === undefined || !isBeyond(measure, value, limit) || !hasEvidence(measure, level, values))
      continue;
    return { measure, severity: SEVERITY_OF_LEVEL[level], value, limit };
  }
  return undefined;
}

/** "payment-service: p99=1,020ms over 1,000ms" */
export function crossingBreach(entity: string, { measure, severity, value, limit }: Crossing): Breach {
  const { id, unit, breach } = measure;
  const sign = unitSign(unit);
  const numbers = `${id}=${valueText(measure, value)}${sign} ${sideOf(measure)} ${limitText(measure, limit)}${sign}`;
  const message = `${entity}: ${breach ?? numbers}`;
  return { severity, measure: id, message };
}
