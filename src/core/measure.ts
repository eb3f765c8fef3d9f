import type { Unit } from "./metric.ts";

/** The percentiles that every window of a histogram reports. */
export const PERCENTILES = ["p50", "p90", "p95", "p99", "p99.9"] as const;
export type Percentile = (typeof PERCENTILES)[number];

/**
 * What is read from one metric over a window.
 * - histogram: `count` values, `rate` per second, `mean`, `min`, `max`, percentiles
 * - counter: `count` (increase), `rate` (increase per second)
 * - gauge: `last`, `mean`, `min`, `max`
 */
export type Statistic = "count" | "rate" | "last" | "mean" | "min" | "max" | Percentile;

export interface StatisticRead {
  readonly metric: string;
  readonly stat: Statistic;
}

/** How a measure gets its value. Every read gives NaN when nothing is known. */
export type Read =
  | ({ readonly type: "statistic" } & StatisticRead)
  /** `of / to`, or `1 - of / to` with `complement`; NaN when `to` is 0 or unknown, 0 when only `of` is unknown. */
  | {
      readonly type: "ratio";
      readonly of: StatisticRead;
      readonly to: StatisticRead;
      readonly complement?: true;
    }
  /**
   * Share 0..1 of the values of a histogram that are at most the `degraded` limit of the measure `limitOf`.
   * Values of the histogram `except` (the failed ones, a subset of `metric`) never count as within.
   */
  | { readonly type: "within"; readonly metric: string; readonly except?: string; readonly limitOf: string }
  /** The first of several that is known. */
  | { readonly type: "first"; readonly reads: readonly Read[] };

/** The levels of health that a limit can stand for, in rising order. */
export const LEVELS = ["degraded", "critical", "down"] as const;
export type Level = (typeof LEVELS)[number];

/** The values beyond which a measure makes its entity degraded, critical or down. In the measure's own unit. */
export type Limits = Readonly<Partial<Record<Level, number>>>;

/** Something that is read from metrics over a window, shown, judged and alerted on. */
export interface Measure {
  /** Unique within an entity kind, snake_case: `p99`, `error_rate`, `depth`. */
  readonly id: string;
  /** As people read it: "error rate", "oldest message". */
  readonly title: string;
  readonly unit: Unit;
  readonly description: string;
  /** Which direction is worse; `none` for what is neither. A limit is crossed when the value is beyond it. */
  readonly worse: "up" | "down" | "none";
  readonly read: Read;
  /** Multiplies what was read: 100 turns a ratio into a percentage. */
  readonly scale?: number;
  readonly limits?: Limits;
  /** The limits count only when they are crossed in this many evaluations in a row. Default 1. */
  readonly sustained?: number;
  /** A level counts only when the measure `measure` is at least this high: one failure is weak evidence. */
  readonly evidence?: { readonly measure: string; readonly least: Limits };
  /** The measure (a count) that says how many values this one rests on. */
  readonly samples?: string;
  /** With fewer samples than this rules stay quiet. */
  readonly minSamples?: number;
  /** The name of the default alert rule for its limits, such as HIGH_LATENCY. Without one its limits raise no alert. */
  readonly alert?: string;
  /** A chart's axis reaches at least this high, so that calm values do not look like a storm. */
  readonly axisAtLeast?: number;
  /** Decimals of its values; default: as its unit is usually written. */
  readonly decimals?: number;
  /** The highest possible value, where there is one: 100 for percentages. */
  readonly top?: number;
  /** Too expensive for every tick: not part of snapshots, read through the history when it is shown. */
  readonly onDemand?: true;
  /** Read and judged, but not listed among an entity's numbers. */
  readonly hidden?: true;
}

/** Values of measures by id; NaN where a value is not known. */
export type Values = Readonly<Record<string, number>>;
