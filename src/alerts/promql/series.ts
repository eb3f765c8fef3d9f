import { durationText } from "../../core/duration.ts";
import type { Measure } from "../../core/measure.ts";
import type { Unit } from "../../core/metric.ts";

/** How a unit is written in Prometheus: in base units, with a suffix that names them. */
interface BaseUnit {
  readonly suffix: string;
  /** What one unit is in base units, as a fraction: 1/1000, so that decimal limits stay exact. */
  readonly per: number;
}

/** @see https://prometheus.io/docs/practices/naming/#base-units */
const BASE_UNITS: Readonly<Record<Unit, BaseUnit>> = {
  ms: { suffix: "_seconds", per: 1000 },
  duration: { suffix: "_seconds", per: 1000 },
  percent: { suffix: "_ratio", per: 100 },
  ratio: { suffix: "_ratio", per: 1 },
  per_second: { suffix: "_per_second", per: 1 },
  count: { suffix: "", per: 1 },
  bytes: { suffix: "_bytes", per: 1 },
  bytes_per_second: { suffix: "_bytes_per_second", per: 1 },
  factor: { suffix: "_ratio", per: 1 },
  none: { suffix: "", per: 1 },
};

/** The time of the newest observation of an entity, in Unix seconds. */
export const LAST_SEEN = "faultline_last_seen_timestamp_seconds";

/**
 * The name of the gauge with the values of a measure: `faultline_p99_seconds`, `faultline_cpu_ratio`. Over another
 * window than that of the entity it has the window behind a colon, as recording rules have: `faultline_p99_seconds:5m`.
 * @param windowMs undefined: the window of the entity
 */
export function seriesName({ id, unit }: Pick<Measure, "id" | "unit">, windowMs?: number): string {
  const { suffix } = BASE_UNITS[unit];
  const plain = id.replaceAll(/[^A-Za-z0-9_]/g, "_");
  const own = plain.endsWith(suffix) ? plain.slice(0, plain.length - suffix.length) : plain;
  const window = windowMs === undefined ? "" : `:${durationText(windowMs).replaceAll(".", "_")}`;
  return `faultline_${own}${suffix}${window}`;
}

/** A value of a measure in base units, as a number of PromQL: 300 ms -> "0.3", 85 % -> "0.85". */
export function inBaseUnits({ unit }: Pick<Measure, "unit">, value: number): string {
  // Division leaves errors in the last of 17 digits: 290.4 / 1000.
  return String(Number((value / BASE_UNITS[unit].per).toPrecision(15)));
}

/** A value in base units in a template of Prometheus: 0.3 is shown as "300ms", 0.85 as "85%". */
export function inTemplate({ unit }: Pick<Measure, "unit">, value: string): string {
  switch (BASE_UNITS[unit].suffix) {
    case "_seconds":
      return `{{ ${value} | humanizeDuration }}`;
    case "_ratio":
      return unit === "factor" ? `{{ ${value} | humanize }}x` : `{{ ${value} | humanizePercentage }}`;
    case "_bytes":
    case "_bytes_per_second":
      return `{{ ${value} | humanize1024 }}B${unit === "bytes" ? "" : "/s"}`;
    default:
      return `{{ ${value} | humanize }}`;
  }
}

/** ms as a duration of PromQL, which has whole numbers only: 1500 -> "1s500ms". */
export function promDuration(ms: number): string {
  const whole = Math.round(ms);
  const seconds = Math.floor(whole / 1000);
  const rest = whole % 1000;
  if (seconds === 0) return `${rest}ms`;
  const parts = [
    [Math.floor(seconds / 3600), "h"],
    [Math.floor(seconds / 60) % 60, "m"],
    [seconds % 60, "s"],
    [rest, "ms"],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join("");
}

/** A quoted string of PromQL. */
export function promString(text: string): string {
  return JSON.stringify(text);
}

/** A label name that Prometheus accepts: "team.name" -> "team_name". */
export function labelName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_]/g, "_").replace(/^(?=\d)/, "_");
}
