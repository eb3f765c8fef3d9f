import type { EntityKind } from "../core/entity.ts";
import {
  type Measure,
  PERCENTILES,
  type Percentile,
  type Read,
  type StatisticRead,
} from "../core/measure.ts";
import type { CounterWindow, GaugeWindow, HistogramWindow } from "../store/types.ts";

/**
 * The window of one metric, as the store returns it; of a gauge of which only the newest value is needed,
 * that.
 */
export type MetricWindow = HistogramWindow | CounterWindow | GaugeWindow | number;

/** What a reading of an entity needs from the store. */
export interface MetricNeed {
  readonly metric: string;
  readonly type: "histogram" | "counter" | "gauge";
  /** A percentile of a histogram is needed, or of a gauge more than its newest value. */
  readonly shape: boolean;
}

/** A compiled measure: computes its value from the windows of the plan's metrics, in their order. */
interface Reading {
  readonly id: string;
  readonly read: (windows: readonly (MetricWindow | undefined)[]) => number;
}

/** How the measures of a kind are read together: each metric is read once. */
export interface ReadPlan {
  readonly needs: readonly MetricNeed[];
  readonly readings: readonly Reading[];
}

/** The plan for some measures of a kind. Measures with `onDemand` reads are left out. */
export function planReads(kind: EntityKind, measures: readonly Measure[] = kind.measures): ReadPlan {
  const planned = measures.filter(({ onDemand }) => onDemand !== true);
  const stats = new Map<string, Set<string>>();
  const collect = (read: Read): void => {
    if (read.type === "lowest") read.reads.forEach(collect);
    else if (read.type === "ratio") [read.of, read.to].forEach(need);
    else if (read.type === "statistic") need(read);
  };
  const need = ({ metric, stat, less }: StatisticRead) => {
    stats.set(metric, (stats.get(metric) ?? new Set()).add(stat));
    if (less !== undefined) need({ metric: less, stat });
  };
  for (const { read } of planned) collect(read);
  const needs = [...stats].map(([metric, wanted]): MetricNeed => {
    const known = kind.metrics.find(({ name }) => name === metric);
    if (known === undefined)
      throw new Error(`${kind.kind} has a measure that reads the unknown metric ${metric}.`);
    return {
      metric,
      type: known.type,
      shape: [...wanted].some((stat) => isPercentile(stat) || (known.type === "gauge" && stat !== "last")),
    };
  });
  const place = new Map(needs.map(({ metric }, index) => [metric, index]));
  return {
    needs,
    readings: planned.map(({ id, read, scale = 1 }) => {
      const value = compile(read, place);
      return { id, read: scale === 1 ? value : (windows) => value(windows) * scale };
    }),
  };
}

export function isPercentile(stat: string): stat is Percentile {
  return PERCENTILES.some((percentile) => percentile === stat);
}

type Windows = readonly (MetricWindow | undefined)[];

function compile(read: Read, place: ReadonlyMap<string, number>): (windows: Windows) => number {
  switch (read.type) {
    case "statistic": {
      const { stat } = read;
      const index = place.get(read.metric)!;
      if (read.less === undefined) return (windows) => statisticOf(windows[index], stat);
      const lessIndex = place.get(read.less)!;
      return (windows) => without(statisticOf(windows[index], stat), statisticOf(windows[lessIndex], stat));
    }
    case "ratio": {
      const of = compile({ type: "statistic", ...read.of }, place);
      const to = compile({ type: "statistic", ...read.to }, place);
      const { complement = false } = read;
      return (windows) => ratioOf(of(windows), to(windows), complement);
    }
    case "lowest": {
      const reads = read.reads.map((each) => compile(each, place));
      return (windows) => {
        let lowest = Number.NaN;
        for (const each of reads) lowest = lowerOf(lowest, each(windows));
        return lowest;
      };
    }
    case "usual":
    case "relative":
      // Known only to the one who has followed the values; see Baselines.
      return () => Number.NaN;
    case "within":
      throw new Error("A measure of the share within a limit must be onDemand.");
  }
}

/** A statistic without its part `less`; see StatisticRead. */
export function without(value: number, less: number): number {
  return Number.isNaN(less) ? value : Math.max(0, value - less);
}

/** The lower of two values; the other one where one is unknown. */
export function lowerOf(a: number, b: number): number {
  return b < a || Number.isNaN(a) ? b : a;
}

/** See Read. */
export function ratioOf(of: number, to: number, complement: boolean): number {
  if (!(to > 0)) return Number.NaN;
  const ratio = Number.isNaN(of) ? 0 : of / to;
  return complement ? 1 - ratio : ratio;
}

/** One statistic of a window; NaN where it has none. */
export function statisticOf(window: MetricWindow | undefined, stat: StatisticRead["stat"]): number {
  if (window === undefined || typeof window === "number") return window ?? Number.NaN;
  if ("percentiles" in window) {
    if (isPercentile(stat)) return window.percentiles[stat];
    return stat === "last" ? Number.NaN : window[stat];
  }
  if ("increase" in window) {
    if (stat === "count") return window.increase;
    return stat === "rate" ? window.rate : Number.NaN;
  }
  return stat === "last" || stat === "min" || stat === "mean" || stat === "max" ? window[stat] : Number.NaN;
}
