import type { Unit } from "./metric.ts";

/** Formats numbers and times, the same on every screen. */

/** 1020.4 -> "1,020". Not with Intl: loading its tables would take a fifth of the time to the first frame. */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** Latency in ms without its unit: one decimal below 10, whole above: 3.2, 48, 1,020. */
export function formatMs(ms: number): string {
  return ms > 0 && ms < 9.95 ? ms.toFixed(1) : formatCount(ms);
}

/** A rate per second: one decimal, whole from a thousand: 0.4, 18.2, 1,020. */
export function formatRate(perSecond: number): string {
  return perSecond < 999.95 ? perSecond.toFixed(1) : formatCount(perSecond);
}

/** A ratio 0..1 as percent with one decimal, without its unit: 0.0123 -> "1.2". */
export function formatRatio(ratio: number): string {
  return (ratio * 100).toFixed(1);
}

/** A duration in its largest one or two units: 9s, 3m 20s, 2h 5m, 4d 1h. Below a second: 250ms. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))}ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return joined(Math.floor(seconds / 60), "m", seconds % 60, "s");
  if (seconds < 86_400)
    return joined(Math.floor(seconds / 3600), "h", Math.floor((seconds % 3600) / 60), "m");
  return joined(Math.floor(seconds / 86_400), "d", Math.floor((seconds % 86_400) / 3600), "h");
}

function joined(major: number, majorUnit: string, minor: number, minorUnit: string): string {
  return minor === 0 ? `${major}${majorUnit}` : `${major}${majorUnit} ${minor}${minorUnit}`;
}

/** The remaining time of a countdown: 0:38, 12:05. Never negative. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Local wall time of an instant, 14:03:20. */
export function formatTime(at: number): string {
  const date = new Date(at);
  const pad = (part: number) => String(part).padStart(2, "0");
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

const BYTE_UNITS = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** 1536 -> "1.5 KiB". */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || Math.abs(value) >= 100 ? Math.round(value) : value.toFixed(1)} ${BYTE_UNITS[unit]}`;
}

/** A number without a unit, in at most four digits and a point if possible: 0.25, 12.3, 1,020. */
export function formatPlain(value: number): string {
  if (value === 0 || Math.abs(value) >= 100) return formatCount(value);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

/**
 * A value in its unit, without the unit sign; see `unitSign`. @param decimals for percentages, ratios and
 * numbers without a unit
 */
export function formatUnit(value: number, unit: Unit, decimals?: number): string {
  switch (unit) {
    case "ms":
      return formatMs(value);
    case "duration":
      return formatDuration(value);
    case "percent":
      return value.toFixed(decimals ?? 0);
    case "ratio":
      return (value * 100).toFixed(decimals ?? 1);
    case "per_second":
      return formatRate(value);
    case "count":
      return formatCount(value);
    case "bytes":
    case "bytes_per_second":
      return formatBytes(value);
    case "factor":
    case "none":
      return decimals === undefined ? formatPlain(value) : value.toFixed(decimals);
  }
}

/** The suffix of a value: "ms", "%", "/s"; empty if the formatted value contains its unit. */
export function unitSign(unit: Unit): string {
  switch (unit) {
    case "ms":
      return "ms";
    case "percent":
    case "ratio":
      return "%";
    case "per_second":
    case "bytes_per_second":
      return "/s";
    case "factor":
      return "x";
    default:
      return "";
  }
}
