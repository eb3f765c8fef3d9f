import { type Health, worstHealth } from "../core/health.ts";
import type { ServiceReading, WindowStats } from "../core/reading.ts";
import { formatDuration, formatMs, formatRatio } from "../core/text.ts";
import type { Thresholds } from "./thresholds.ts";

/** How a service fares, and why: one sentence with numbers for each thing that is wrong, the worst first. */
export interface Assessment {
  readonly health: Health;
  /** Empty exactly when the service is healthy. */
  readonly reasons: readonly string[];
}

/** Silence is forgiven for this long, ms, or for three looks of the source if those take longer. */
const DEFAULT_STALE_MS = 5_000;
const DEFAULT_STALE_LOOKS = 3;

/**
 * One failure among few requests is a large error rate and says little. It may degrade a service, but
 * critical wants a second witness.
 */
const MIN_ERRORS_FOR_CRITICAL = 2;

/** For how long a service may be silent before it is unknown, ms. */
export function staleAfterMs(thresholds: Thresholds, cadenceMs: number): number {
  return thresholds.stale_after ?? Math.max(DEFAULT_STALE_MS, DEFAULT_STALE_LOOKS * cadenceMs);
}

/**
 * Health from one reading. Pure: the same arguments give the same answer.
 * @param now ms since the epoch
 */
export function assessHealth(reading: ServiceReading, thresholds: Thresholds, now: number): Assessment {
  const ignorance = whyUnknown(reading, staleAfterMs(thresholds, reading.cadenceMs), now);
  if (ignorance !== undefined) return { health: "unknown", reasons: [ignorance] };

  const { stats } = reading;
  const findings = [
    judgeAvailability(stats, thresholds),
    judgeErrorRate(stats, thresholds),
    judgeLatency(stats, thresholds),
  ].filter((finding) => finding !== undefined);
  if (findings.length === 0) return { health: "healthy", reasons: [] };

  const health = worstHealth(findings.map((finding) => finding.health));
  const worstFirst = [
    ...findings.filter((finding) => finding.health === health),
    ...findings.filter((finding) => finding.health !== health),
  ];
  return { health, reasons: worstFirst.map((finding) => finding.reason) };
}

interface Finding {
  readonly health: Health;
  readonly reason: string;
}

/** The sentence that says why nothing can be said, or undefined when there is fresh evidence. */
function whyUnknown(reading: ServiceReading, staleMs: number, now: number): string | undefined {
  const { stats, lastSeenAt } = reading;
  if (lastSeenAt === undefined) return "no data yet";
  if (now - lastSeenAt > staleMs) return `no data for ${formatDuration(now - lastSeenAt)}`;
  if (stats.requestCount > 0 || stats.checkCount > 0) return undefined;

  // A host says how it fares by gauges alone. A bare heartbeat says that something lives, not how well.
  const horizonMs = Math.max(stats.windowMs, staleMs);
  for (const gauge of reading.gauges.values()) {
    if (now - gauge.at <= horizonMs) return undefined;
  }
  return `only heartbeats: no request, check or gauge in ${formatDuration(stats.windowMs)}`;
}

/**
 * Down is the verdict of health checks. Availability that was computed from requests, where nothing is
 * checked, is the error rate again and must not turn 6 % of errors, which is degraded, into down.
 */
function judgeAvailability(stats: WindowStats, thresholds: Thresholds): Finding | undefined {
  const { availability } = stats;
  const limit = thresholds.availability_down;
  if (availability === undefined || stats.failedCheckCount === 0 || availability >= limit) return undefined;
  return { health: "down", reason: `availability ${availability.toFixed(1)} % under ${limit} %` };
}

function judgeErrorRate(stats: WindowStats, thresholds: Thresholds): Finding | undefined {
  const { errorRate, errorCount } = stats;
  if (errorRate > thresholds.error_rate_critical && errorCount >= MIN_ERRORS_FOR_CRITICAL) {
    return { health: "critical", reason: errorReason(errorRate, thresholds.error_rate_critical) };
  }
  if (errorRate > thresholds.error_rate_degraded) {
    const reason = errorReason(errorRate, thresholds.error_rate_degraded);
    return { health: "degraded", reason: errorCount === 1 ? `${reason} (a single failure)` : reason };
  }
  return undefined;
}

function judgeLatency(stats: WindowStats, thresholds: Thresholds): Finding | undefined {
  const { p99 } = stats;
  if (p99 > thresholds.p99_critical) {
    return { health: "critical", reason: latencyReason(p99, thresholds.p99_critical) };
  }
  if (p99 > thresholds.p99_degraded) {
    return { health: "degraded", reason: latencyReason(p99, thresholds.p99_degraded) };
  }
  return undefined;
}

function errorReason(rate: number, limit: number): string {
  // Two decimals are enough for a limit and hide that 0.07 * 100 is 7.000000000000001.
  return `error rate ${formatRatio(rate)} % over ${Number((limit * 100).toFixed(2))} %`;
}

function latencyReason(p99: number, limit: number): string {
  return `p99 ${formatMs(p99)} ms over ${formatMs(limit)} ms`;
}
