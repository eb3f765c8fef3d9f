import type { Measure } from "../core/measure.ts";
import { formatDuration, formatUnit, unitSign } from "../core/text.ts";

/** A value of a measure for a sentence, without the sign of its unit: percentages with one decimal. */
export function valueText({ unit, decimals }: Measure, value: number): string {
  return formatUnit(value, unit, unit === "percent" ? (decimals ?? 1) : decimals);
}

/** A limit of a measure for a sentence, without the sign of its unit: "5", "1,000". */
export function limitText({ unit }: Measure, limit: number): string {
  if (unit !== "ratio" && unit !== "percent") return formatUnit(limit, unit);
  // Two decimals are enough for a limit and hide rounding errors: 0.07 * 100 is 7.000000000000001.
  return String(Number((unit === "ratio" ? limit * 100 : limit).toFixed(2)));
}

/** "over" or "under": where a value is that crosses a limit. */
export function sideOf({ worse }: Measure): "over" | "under" {
  return worse === "down" ? "under" : "over";
}

/** "p99 1,020 ms over 1,000 ms", or what crossing a limit of the measure means: "not connected". */
export function crossingText(measure: Measure, value: number, limit: number): string {
  if (measure.breach !== undefined) return measure.breach;
  if (measure.waiting !== undefined) return `${measure.waiting} for ${formatDuration(value)}`;
  const sign = unitSign(measure.unit);
  const withSign = (text: string) => (sign === "" ? text : `${text} ${sign}`);
  const shown = withSign(valueText(measure, value));
  return `${measure.title} ${shown} ${sideOf(measure)} ${withSign(limitText(measure, limit))}`;
}
