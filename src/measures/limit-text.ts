import { isBeyond, recoveryOf } from "../core/limits.ts";
import type { Limits, Measure } from "../core/measure.ts";
import { formatDuration, formatUnit, unitSign } from "../core/text.ts";
import type { Crossing } from "./crossing.ts";

/** A value of a measure for a sentence, without the sign of its unit: percentages with one decimal. */
export function valueText({ unit, decimals }: Measure, value: number): string {
  return formatUnit(value, unit, unit === "percent" ? (decimals ?? 1) : decimals);
}

/** A limit of a measure for a sentence, without the sign of its unit: "5", "1,000". */
export function limitText({ unit }: Measure, limit: number): string {
  if (unit === "factor") return String(Number(limit.toFixed(2)));
  if (unit !== "ratio" && unit !== "percent") return formatUnit(limit, unit);
  // Two decimals are enough for a limit and hide rounding errors: 0.07 * 100 is 7.000000000000001.
  return String(Number((unit === "ratio" ? limit * 100 : limit).toFixed(2)));
}

/** "over" or "under": where a value is that crosses a limit. */
export function sideOf({ worse }: Measure): "over" | "under" {
  return worse === "down" ? "under" : "over";
}

/**
 * Why a level applies: "p99 1,020 ms over 1,000 ms", or what crossing a limit of the measure means: "not connected".
 * Where only the last seconds show it: "error rate 30.0 % now, over 5 %"; while the level is held: "p99 450 ms, recovers
 * at 400 ms", and then "p99 350 ms, recovering".
 */
export function crossingText(measure: Measure, value: number, limits: Limits, crossing: Crossing): string {
  const { title, unit, breach, waiting } = measure;
  if (breach !== undefined) return breach;
  if (waiting !== undefined && crossing.basis === "held") return `${waiting} until recently`;
  if (waiting !== undefined) return `${waiting} for ${formatDuration(value)}`;
  const sign = unitSign(unit);
  const withSign = (text: string) =>
    sign === "" ? text : unit === "factor" ? text + sign : `${text} ${sign}`;
  const shown = withSign(valueText(measure, crossing.recent ?? value));
  return `${title} ${shown}${limitClause(measure, value, limits, crossing, withSign)}`;
}

/** What stands behind the value: " over 5 %", ", recovers at 2.5 %". @param withSign adds the sign of the unit */
export function limitClause(
  measure: Measure,
  value: number,
  limits: Limits,
  { level, basis, recent }: Crossing,
  withSign: (text: string) => string,
): string {
  if (basis === "held") {
    const recovery = recoveryOf(measure, limits, level);
    if (!isBeyond(measure, value, recovery)) return ", recovering";
    return `, recovers at ${withSign(limitText(measure, recovery))}`;
  }
  const now = recent === undefined ? "" : " now,";
  return `${now} ${sideOf(measure)} ${withSign(limitText(measure, limits[level]!))}`;
}
