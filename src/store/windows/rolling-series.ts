import type { OpenPart, Subject } from "../subject.ts";
import type { Metric, SeriesQuery } from "../types.ts";
import type { SlidingWindow } from "./sliding-window.ts";
import type { WindowReader } from "./window-reader.ts";
import { availability, watchedSeconds } from "./window-stats.ts";

const PERCENTS: Readonly<Partial<Record<Metric, readonly number[]>>> = {
  p50: [50],
  p90: [90],
  p95: [95],
  p99: [99],
  "p99.9": [99.9],
};
const percentile = new Float64Array(1);

/**
 * A rolling value at each point of a query. The window slides from point to point, so the cost is that of
 * the slots passed and not of the windows' lengths. Points farther back come from coarser tiers.
 * @param now the newest instant known, ms since the epoch
 */
export function rollingSeries(
  reader: WindowReader,
  slide: SlidingWindow,
  subject: Subject,
  query: SeriesQuery,
  now: number,
): Float64Array {
  const { metric, from, to, points, windowMs } = query;
  const values = new Float64Array(points);
  const percents = PERCENTS[metric];
  let open: OpenPart | undefined;
  let tier = -1;
  for (let point = 0; point < points; point++) {
    const at = point === points - 1 ? to : from + ((to - from) * point) / (points - 1);
    const span = reader.span(subject, windowMs, at);
    if (span.tier !== tier) {
      tier = span.tier;
      slide.over(subject.archive.tiers[tier]!, subject, percents !== undefined);
    }
    if (span.open) open ??= subject.open();
    reader.read(subject, span, slide, percents !== undefined, span.open ? open : undefined);
    values[point] = value(reader, subject, metric, percents, Math.max(at, now));
  }
  return values;
}

function value(
  reader: WindowReader,
  subject: Subject,
  metric: Metric,
  percents: readonly number[] | undefined,
  newest: number,
): number {
  const { totals, fromMs, toMs } = reader;
  if (metric === "availability") return availability(totals) ?? Number.NaN;
  if (metric === "rate") {
    const since = subject.watchedSince();
    return toMs > since ? totals.requests / watchedSeconds(fromMs, toMs, since, newest) : Number.NaN;
  }
  if (totals.requests === 0) return Number.NaN;
  if (percents === undefined) return totals.errors / totals.requests;
  reader.percentiles(percents, percentile);
  return percentile[0]!;
}
