import type { WindowStats } from "../../core/reading.ts";
import { SUM_UNITS_PER_MS, type Totals } from "../histogram/totals.ts";

/** Rates are told over at least this long, s: a single request is no flood because it was the first. */
const LEAST_SECONDS = 1;

/** A window in which nothing happened. */
export function emptyStats(windowMs: number): WindowStats {
  return {
    windowMs,
    requestCount: 0,
    errorCount: 0,
    requestRate: 0,
    errorRate: 0,
    availability: undefined,
    checkCount: 0,
    failedCheckCount: 0,
    p50: 0,
    p90: 0,
    p95: 0,
    p99: 0,
    p999: 0,
    mean: 0,
    min: 0,
    max: 0,
  };
}

/** @param percentiles p50, p90, p95, p99, p99.9 in ms */
export function toStats(
  windowMs: number,
  totals: Totals,
  seconds: number,
  percentiles: Float64Array,
): WindowStats {
  const { requests, errors } = totals;
  const some = requests > 0;
  const available = availability(totals);
  return {
    windowMs,
    requestCount: requests,
    errorCount: errors,
    requestRate: requests / seconds,
    errorRate: some ? errors / requests : 0,
    availability: available === undefined ? undefined : available * 100,
    checkCount: totals.checks,
    failedCheckCount: totals.failedChecks,
    p50: percentiles[0]!,
    p90: percentiles[1]!,
    p95: percentiles[2]!,
    p99: percentiles[3]!,
    p999: percentiles[4]!,
    mean: some ? totals.sum / SUM_UNITS_PER_MS / requests : 0,
    min: some ? totals.min : 0,
    max: some ? totals.max : 0,
  };
}

/** 0..1: of health checks passed; of requests succeeded where nothing was checked; undefined without either. */
export function availability(totals: Totals): number | undefined {
  if (totals.checks > 0) return (totals.checks - totals.failedChecks) / totals.checks;
  if (totals.requests > 0) return (totals.requests - totals.errors) / totals.requests;
  return undefined;
}

/**
 * The seconds of a window in which its service was watched: from the window's beginning, or the first
 * sight of the service, to its end, or the newest instant known.
 */
export function watchedSeconds(fromMs: number, toMs: number, watchedSince: number, newest: number): number {
  return Math.max(LEAST_SECONDS, (Math.min(toMs, newest) - Math.max(fromMs, watchedSince)) / 1000);
}
