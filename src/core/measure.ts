import type { Unit } from "./metric.ts";

/** The percentiles of every histogram window. */
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
  /**
   * Of counts and rates of a histogram: without those of this histogram, which is a part of it. Nothing is
   * subtracted while it is unknown.
   */
  readonly less?: string;
}

/** How the value of a measure is computed. Every read returns NaN without data. */
export type Read =
  | ({ readonly type: "statistic" } & StatisticRead)
  /**
   * `of / to`, or `1 - of / to` with `complement`; NaN when `to` is 0 or unknown, 0 when only `of` is
   * unknown.
   */
  | {
      readonly type: "ratio";
      readonly of: StatisticRead;
      readonly to: StatisticRead;
      readonly complement?: true;
    }
  /**
   * Share 0..1 of the values of a histogram that are at most the `degraded` limit of the measure `limitOf`.
   * Values of the histograms `except` (the failed ones; subsets of `metric`) never count as within.
   */
  | {
      readonly type: "within";
      readonly metric: string;
      readonly except?: readonly string[];
      readonly limitOf: string;
    }
  /** The lowest of several, of those that have a value. */
  | { readonly type: "lowest"; readonly reads: readonly Read[] }
  /** What another measure of the entity usually is: the median of its values over the last minutes. */
  | { readonly type: "usual"; readonly measure: string }
  /**
   * A measure / its usual value (the measure `usual`), or / `floor` (in the unit of the measure) where the usual
   * value is lower: a rise below the floor is no trouble, however many times the usual value it is.
   */
  | { readonly type: "relative"; readonly measure: string; readonly usual: string; readonly floor: number };

/** The health levels that a limit can set, in rising order. */
export const LEVELS = ["degraded", "critical", "down"] as const;
export type Level = (typeof LEVELS)[number];

/** The key of the value at which a level ends. */
export type RecoveryKey = `${Level}_recovery`;

/** Everything that limits can say of a measure. */
export const LIMIT_KEYS = [...LEVELS, "degraded_recovery", "critical_recovery", "down_recovery"] as const;
export type LimitKey = (typeof LIMIT_KEYS)[number];

/**
 * The values beyond which a measure makes its entity degraded, critical or down, and those at which these levels
 * end again (see `recoveryOf` for the default), in the unit of the measure.
 */
export type Limits = Readonly<Partial<Record<LimitKey, number>>>;

/** A value computed from metrics over a window. It is shown, checked against limits and alerted on. */
export interface Measure {
  /** Unique within an entity kind, snake_case: `p99`, `error_rate`, `depth`. */
  readonly id: string;
  /** Display name: "error rate", "oldest message". */
  readonly title: string;
  readonly unit: Unit;
  readonly description: string;
  /** Which direction is worse; `none` for neither. A limit is crossed when the value is beyond it. */
  readonly worse: "up" | "down" | "none";
  readonly read: Read;
  /** Multiplies the value: 100 turns a ratio into a percentage. */
  readonly scale?: number;
  readonly limits?: Limits;
  /** A limit applies only after this many consecutive evaluations beyond it. Default 1. */
  readonly sustained?: number;
  /** A level applies only if the measure `measure` is at least this high: one failure is weak evidence. */
  readonly evidence?: { readonly measure: string; readonly least: Limits };
  /**
   * The measures (counts) behind a limit on a share: `of` of `to` were bad. A limit is then crossed only when the
   * counts show it, and one bad value of a few is no proof.
   */
  readonly proportion?: { readonly of: string; readonly to: string };
  /** The measure (a count) with the number of samples behind this one. */
  readonly samples?: string;
  /** With fewer samples rules do not fire, and no level but the lowest applies. */
  readonly minSamples?: number;
  /**
   * The name of the default alert rule for its limits, such as HIGH_LATENCY. Without a name the limits raise
   * no alert.
   */
  readonly alert?: string;
  /** The minimum upper end of a chart axis, so that small variations are not exaggerated. */
  readonly axisAtLeast?: number;
  /** Decimals; default: those of the unit. */
  readonly decimals?: number;
  /** The highest possible value, if there is one: 100 for percentages. */
  readonly top?: number;
  /** What crossing a limit means, in words: "not connected". Default: the value and the limit. */
  readonly breach?: string;
  /** Too expensive for every tick: not part of snapshots, read from the history when shown. */
  readonly onDemand?: true;
  /** Only some origins record it: it is not listed while it is unknown. */
  readonly optional?: true;
  /** Within its limits it is no evidence of health: a short wait so far, a count of waits. */
  readonly oneSided?: true;
  /**
   * What lasts for its value, ms: "probe outstanding". It is the reason why an entity is unknown of which
   * nothing else is known.
   */
  readonly waiting?: string;
  /**
   * The measure (a count) with the number of samples that are lower bounds: the value is at least what is
   * shown, and is marked while there are any.
   */
  readonly lowerBounds?: string;
  /** The names of its values 0, 1, ...: ["down", "up"]. */
  readonly states?: readonly string[];
  /** Computed and checked, but not listed in the entity's measures. */
  readonly hidden?: true;
}

/** Rates and counts add up over time: a mean is exact, the worst value would exaggerate. */
export function addsUp({ read }: Measure): boolean {
  return read.type === "statistic" && (read.stat === "rate" || read.stat === "count");
}

/** Values of measures by id; NaN for unknown values. */
export type Values = Readonly<Record<string, number>>;
