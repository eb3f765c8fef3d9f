import { tls } from "./http/exchange.ts";
import { type HttpOptions, httpOptions } from "./http/options.ts";
import { watchTarget } from "./http/target.ts";
import type { SourceKind } from "./types.ts";

/** First probes are this far apart, ms, and all of them begin within SPREAD_MS: no burst at the start. */
const STEP_MS = 20;
const SPREAD_MS = 1_000;

/**
 * Real services, probed over HTTP. Every probe is a request; it is also a health check (see
 * `failure_threshold`), and any response at all is a heartbeat.
 */
export const http: SourceKind<HttpOptions> = {
  kind: "http",
  description:
    "Probes a real service with an HTTP request at an interval, on a fresh connection each time, and " +
    "compares status and body with what is expected.",
  schema: httpOptions,
  example: {
    name: "shop",
    source: "http",
    url: "http://localhost:8080/health",
    expected_status: "2xx",
    timeout: "2s",
    interval: "5s",
  },
  breakable:
    "it is a real service: only simulated services can be broken until a fault proxy stands before it",
  cadenceMs: (options) => options.interval,
  calls: () => [],
  open(watched, context) {
    if (!context.live) return { stop: () => {} };
    // Now, so that loading it is not measured as the first answer's latency.
    if (watched.some(({ options }) => options.url.startsWith("https:"))) tls();
    const stepMs = Math.min(STEP_MS, SPREAD_MS / Math.max(1, watched.length));
    const cancels = watched.map((target, index) => watchTarget(target, index * stepMs, context));
    return { stop: () => cancels.forEach((cancel) => void cancel()) };
  },
};
