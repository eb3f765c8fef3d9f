import type { Severity } from "../core/alert.ts";
import { levelOf } from "../core/limits.ts";
import type { Level, Limits, Measure } from "../core/measure.ts";
import { formatUnit, unitSign } from "../core/text.ts";
import type { EntityReading } from "../measures/reading.ts";
import type { Breach } from "./types.ts";

/** The severity of an alert about a limit of each level. */
export const SEVERITY_OF_LEVEL: Readonly<Record<Level, Severity>> = {
  degraded: "warning",
  critical: "critical",
  down: "page",
};

/** What a rule changes about the limits of a measure. */
export interface LimitOptions {
  /** In the unit of the measure; undefined: the entity's own limit. */
  readonly limits: Limits;
  /** Undefined: the measure's own. */
  readonly minSamples?: number | undefined;
}

/** A limit that is crossed right now. */
export interface Crossing {
  readonly measure: Measure;
  readonly severity: Severity;
  readonly value: number;
  readonly limit: number;
}

/** The worst limit of a measure that an entity crosses; undefined within the limits, or with too few samples. */
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
  const all: Limits = { ...limits[measureId], ...given(options.limits) };
  const value = values[measureId]!;
  const level = levelOf(measure, value, all, values);
  if (level === undefined) return undefined;
  return { measure, severity: SEVERITY_OF_LEVEL[level], value, limit: all[level]! };
}

/** "payment-service: p99=1,020ms over 1,000ms" */
export function crossingBreach(entity: string, { measure, severity, value, limit }: Crossing): Breach {
  const { id, unit, worse } = measure;
  const decimals = unit === "percent" ? (measure.decimals ?? 1) : measure.decimals;
  const shown = `${formatUnit(value, unit, decimals)}${unitSign(unit)}`;
  const isPercent = unit === "percent" || unit === "ratio";
  const percent = unit === "ratio" ? limit * 100 : limit;
  const limitText = isPercent ? String(Number(percent.toFixed(2))) : formatUnit(limit, unit);
  const side = worse === "down" ? "under" : "over";
  const message = `${entity}: ${id}=${shown} ${side} ${limitText}${unitSign(unit)}`;
  return { severity, measure: id, message };
}

function given(limits: Limits): Limits {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
}
