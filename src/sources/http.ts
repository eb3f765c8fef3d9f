import { createStallDetector } from "../core/stall.ts";
import { formatDuration } from "../core/text.ts";
import { service } from "../kinds/service.ts";
import { tls } from "../net/tls.ts";
import { type HttpOptions, httpOptions } from "./http/options.ts";
import { startProbe } from "./http/probe.ts";
import { probeTarget, type StartProbe } from "./http/target.ts";
import { openPerEntity } from "./per-entity.ts";
import type { SourceKind } from "./types.ts";

/** First probes start this far apart, ms, all of them within SPREAD_MS, to avoid a burst. */
const STEP_MS = 20;
const SPREAD_MS = 1_000;

/**
 * Real services, probed over HTTP. Every probe counts as a request and as a health check (see
 * `failure_threshold`); any response is a heartbeat.
 * @param start starts one probe; replaced in tests
 */
export function createHttpSource(start: StartProbe): SourceKind<HttpOptions> {
  return {
    kind: "http",
    description:
      "Probes a real service with an HTTP request at an interval, on a new connection each time, and " +
      "compares status and body with the expected ones.",
    get schema() {
      return httpOptions();
    },
    example: {
      name: "shop",
      source: "http",
      url: "http://localhost:8080/health",
      expected_status: "2xx",
      timeout: "2s",
      interval: "5s",
    },
    entityKind: service,
    faultKinds: [],
    actionKinds: [],
    breakable: "it is a real service: only simulated entities can be broken",
    simulated: false,
    cadenceMs: (options) => options.interval,
    timeoutMs: (options) => options.timeout,
    advice: timeoutAdvice,
    links: () => [],
    open(watched, context) {
      if (!context.live) return { update: () => {}, stop: () => {} };
      const stalls = createStallDetector(context.clock);
      return openPerEntity<HttpOptions>(watched, context, "cannot probe", (one, guarded, index, count) => {
        // Loaded here, so that loading does not count as latency of the first probe.
        if (one.entity.options.url.startsWith("https:")) tls();
        const delayMs = index * Math.min(STEP_MS, SPREAD_MS / count);
        return probeTarget(one, delayMs, guarded, start, stalls);
      });
    },
  };
}

/** With a timeout of at least an interval, probes are skipped and silence is noticed late. */
function timeoutAdvice({ timeout, interval }: HttpOptions) {
  if (timeout < interval) return [];
  const missing = formatDuration(timeout + interval);
  return [
    {
      option: "timeout",
      message:
        `should be shorter than the interval of ${formatDuration(interval)}: probes due while one is outstanding ` +
        `are skipped, and a service that does not answer is reported missing only after ${missing}`,
    },
  ];
}

export const http = createHttpSource((options, clock) => startProbe(options, clock));
