import type { Gap } from "../../core/gaps.ts";
import type { Percentile, Statistic } from "../../core/measure.ts";
import type { CounterSeries, GaugeSeries } from "../series/scalar-series.ts";
import type { Subject } from "../subject.ts";
import type { SeriesQuery } from "../types.ts";
import type { WindowReader } from "./window-reader.ts";
import type { WindowSpan } from "./window-span.ts";
import { meanOf, watchedSeconds } from "./window-stats.ts";

const PERCENTS: Readonly<Record<Percentile, readonly number[]>> = {
  p50: [50],
  p90: [90],
  p95: [95],
  p99: [99],
  "p99.9": [99.9],
};

/** The instant of each point of a query, in order. */
export function eachPoint({ from, to, points }: SeriesQuery, value: (at: number) => number): Float64Array {
  const values = new Float64Array(points);
  for (let point = 0; point < points; point++) {
    values[point] = value(point === points - 1 ? to : from + ((to - from) * point) / (points - 1));
  }
  return values;
}

/**
 * A statistic of a histogram at each point of a query. The window slides from point to point, so the cost is that
 * of the slots passed and not of the windows' lengths. Points farther back come from coarser tiers.
 */
export function histogramValues(
  reader: WindowReader,
  subject: Subject,
  statistic: Statistic,
  query: SeriesQuery,
): Float64Array {
  const percents = PERCENTS[statistic as Percentile] as readonly number[] | undefined;
  const shape = percents !== undefined;
  const out = new Float64Array(1);
  const slide = reader.scratch;
  let tier = -1;
  return eachPoint(query, (at) => {
    const span = reader.span(subject.archive, query.windowMs, at);
    if (span.tier !== tier) {
      tier = span.tier;
      slide.over(subject.archive.tiers[tier]!, subject, shape);
    }
    reader.read(subject, span, slide, shape);
    if (percents === undefined) return total(reader, subject, statistic);
    reader.percentiles(percents, out);
    return out[0]!;
  });
}

function total(reader: WindowReader, subject: Subject, statistic: Statistic): number {
  const { totals, fromMs, toMs } = reader;
  const since = subject.watchedSince();
  if (statistic === "count" || statistic === "rate") {
    if (!(toMs > since) || toMs === fromMs) return Number.NaN;
    return statistic === "count"
      ? totals.count
      : totals.count / watchedSeconds(fromMs, toMs, since, reader.gaps);
  }
  if (totals.count === 0) return Number.NaN;
  if (statistic === "mean") return meanOf(totals);
  return statistic === "min" || statistic === "max" ? totals[statistic] : Number.NaN;
}

/** @param span the slots of a window that ends at an instant */
export function counterValues(
  series: CounterSeries,
  statistic: Statistic,
  query: SeriesQuery,
  span: (at: number) => WindowSpan,
  since: number,
  gaps: readonly Gap[],
): Float64Array {
  return eachPoint(query, (at) => {
    const covered = span(at);
    const { fromMs, toMs } = covered;
    if (!(toMs > since) || toMs === fromMs || (statistic !== "count" && statistic !== "rate"))
      return Number.NaN;
    const increase = series.increase(covered);
    if (statistic === "count") return increase;
    return increase / watchedSeconds(fromMs, toMs, since, gaps);
  });
}

/** @param span the slots of a window that ends at an instant */
export function gaugeValues(
  series: GaugeSeries,
  statistic: Statistic,
  query: SeriesQuery,
  span: (at: number) => WindowSpan,
): Float64Array {
  if (statistic !== "last" && statistic !== "mean" && statistic !== "min" && statistic !== "max")
    return new Float64Array(query.points).fill(Number.NaN);
  return eachPoint(query, (at) => series.window(span(at))[statistic]);
}
