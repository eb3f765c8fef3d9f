import type { Measure } from "../../core/measure.ts";
import type { Unit } from "../../core/metric.ts";
import { formatBytes, formatCount, formatDuration } from "../../core/text.ts";
import { niceScale, type Scale } from "./chart.ts";

/** Formats a round number of an axis with up to three decimals: 0.25, 1.5, 20, 1,200. */
export function formatRound(value: number): string {
  const rounded = Number(Math.abs(value).toFixed(3));
  const whole = Math.trunc(rounded);
  const decimals = String(Number((rounded - whole).toFixed(3))).slice(1);
  return (value < 0 ? "-" : "") + formatCount(whole) + decimals;
}

/** From this value on an axis label needs a suffix for thousands or millions. */
const LETTERS = [
  { from: 1e9, letter: "G" },
  { from: 1e6, letter: "M" },
  { from: 1e5, letter: "k", per: 1e3 },
] as const;

/**
 * Formats an axis label: "500", "5%", "1.5 MiB", "2m 30s".
 * @param top the highest possible value; there are no labels above it
 */
export function axisText(value: number, unit: Unit, top?: number): string {
  if (top !== undefined && value > top * (1 + 1e-9)) return "";
  switch (unit) {
    case "duration":
      return durationText(value);
    case "percent":
      return `${formatRound(Number(value.toPrecision(3)))}%`;
    case "ratio":
      return `${formatRound(Number((value * 100).toPrecision(3)))}%`;
    case "bytes":
    case "bytes_per_second":
      return formatBytes(value);
    case "ms":
    case "per_second":
    case "count":
    case "factor":
    case "none":
      return lettered(value);
  }
}

function lettered(value: number): string {
  const size = LETTERS.find(({ from }) => Math.abs(value) >= from);
  if (size === undefined) return formatRound(Number(value.toPrecision(6)));
  const per = "per" in size ? size.per : size.from;
  return formatRound(Number((value / per).toPrecision(4))) + size.letter;
}

/** As `formatDuration`, but 1500 ms gives 1.5s, because a label must not be rounded. */
function durationText(ms: number): string {
  if (ms < 0) return `-${durationText(-ms)}`;
  const isWhole = ms < 1000 || Math.abs(ms - Math.round(ms / 1000) * 1000) < 1e-6;
  return isWhole ? formatDuration(ms) : `${Number((ms / 1000).toFixed(2))}s`;
}

/** Step sizes of an axis of durations, ms. */
const TIME_STEPS = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600,
].map((seconds) => seconds * 1000);

/** An axis with round steps in the unit of a measure, from 0 or a negative `low` to at least `high`. */
export function scaleOf(
  { unit, axisAtLeast = 0 }: Pick<Measure, "unit" | "axisAtLeast">,
  high: number,
  rows: number,
  low = 0,
): Scale {
  // Counts, bytes and ages have no fractional labels.
  const isWhole = ["count", "duration", "bytes", "bytes_per_second"].includes(unit);
  const reach = Math.max(high, axisAtLeast, isWhole && low >= 0 ? rows : 0);
  switch (unit) {
    case "bytes":
    case "bytes_per_second":
      return scaled(1024 ** Math.max(0, Math.floor(Math.log2(Math.max(1, reach)) / 10)), reach, rows, low);
    case "duration": {
      const step = TIME_STEPS.find((ms) => ms * rows >= reach);
      if (low < 0 || reach <= 1000 * rows || step === undefined)
        return scaled(reach > 86_400_000 ? 86_400_000 : 1, reach, rows, low);
      return { min: 0, max: step * rows, step };
    }
    default:
      return niceScale(reach || 1, rows, low);
  }
}

function scaled(per: number, high: number, rows: number, low: number): Scale {
  const { min, max, step } = niceScale(high / per || 1, rows, low / per);
  return { min: min * per, max: max * per, step: step * per };
}
