import type { ServiceReading, WindowStats } from "../../src/core/reading.ts";
import { emptyStats } from "../../src/store/windows/window-stats.ts";

/** The instant at which readings in tests are taken, ms since the epoch. */
export const NOW = 1_000_000;

const QUIET: WindowStats = emptyStats(60_000);

/** Window stats from counts, with the shares worked out from them as a store would. */
export function someStats(given: Partial<WindowStats>): WindowStats {
  const stats = { ...QUIET, ...given };
  const { requestCount, errorCount, checkCount, failedCheckCount } = stats;
  const errorRate = requestCount > 0 ? errorCount / requestCount : 0;
  const ofRequests = requestCount > 0 ? 100 * (1 - errorRate) : undefined;
  const availability = checkCount > 0 ? 100 * (1 - failedCheckCount / checkCount) : ofRequests;
  return { ...stats, errorRate, availability };
}

/** A service that is well: 100 quick requests, passing checks, a fresh heartbeat, a calm processor. */
export function aReading(
  given: Partial<Omit<ServiceReading, "stats">> = {},
  stats: Partial<WindowStats> = { requestCount: 100, checkCount: 50, p99: 80 },
): ServiceReading {
  return {
    service: "payment-service",
    at: NOW,
    stats: someStats(stats),
    gauges: new Map([["cpu", { value: 20, at: NOW }]]),
    lastSeenAt: NOW,
    lastHeartbeatAt: NOW,
    lastPassAt: NOW,
    lastCheckAt: NOW,
    watchedSince: NOW - 600_000,
    cadenceMs: 1_000,
    ...given,
  };
}
