import { type Gap, observedMs } from "../../core/gaps.ts";
import type { Percentile } from "../../core/measure.ts";
import { SUM_UNITS, type Totals } from "../histogram/totals.ts";
import type { CounterWindow, GaugeWindow, HistogramWindow } from "../types.ts";

/** Rates are computed over at least this long, s: one value is no burst because it was the first. */
const LEAST_SECONDS = 1;

/** PERCENTILES as numbers, in the same order. */
export const PERCENTS: readonly number[] = [50, 90, 95, 99, 99.9];

const UNKNOWN_PERCENTILES: Readonly<Record<Percentile, number>> = {
  p50: Number.NaN,
  p90: Number.NaN,
  p95: Number.NaN,
  p99: Number.NaN,
  "p99.9": Number.NaN,
};

/** A window in which nothing was recorded. */
export const EMPTY_HISTOGRAM: HistogramWindow = {
  count: 0,
  rate: 0,
  mean: Number.NaN,
  min: Number.NaN,
  max: Number.NaN,
  percentiles: UNKNOWN_PERCENTILES,
};
export const EMPTY_COUNTER: CounterWindow = { increase: 0, rate: 0 };
export const EMPTY_GAUGE: GaugeWindow = {
  last: Number.NaN,
  min: Number.NaN,
  mean: Number.NaN,
  max: Number.NaN,
};

/** The mean of the values; NaN without any. */
export function meanOf({ count, sum }: Totals): number {
  return count > 0 ? sum / SUM_UNITS / count : Number.NaN;
}

/** @param percentiles in the order of PERCENTS; undefined where they were not asked for */
export function toWindow(
  totals: Totals,
  seconds: number,
  percentiles: Float64Array | undefined,
): HistogramWindow {
  const { count } = totals;
  const some = count > 0;
  return {
    count,
    rate: count / seconds,
    mean: meanOf(totals),
    min: some ? totals.min : Number.NaN,
    max: some ? totals.max : Number.NaN,
    percentiles:
      percentiles === undefined
        ? UNKNOWN_PERCENTILES
        : {
            p50: percentiles[0]!,
            p90: percentiles[1]!,
            p95: percentiles[2]!,
            p99: percentiles[3]!,
            "p99.9": percentiles[4]!,
          },
  };
}

/**
 * The seconds of a window in which its entity was watched: from the window's beginning, or since the entity has
 * been kept, to its end, without the gaps in which nothing could be recorded.
 */
export function watchedSeconds(
  fromMs: number,
  toMs: number,
  watchedSince: number,
  gaps: readonly Gap[],
): number {
  return Math.max(LEAST_SECONDS, observedMs(Math.max(fromMs, watchedSince), toMs, gaps) / 1000);
}
