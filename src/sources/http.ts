import { service } from "../kinds/service.ts";
import { tls } from "./http/exchange.ts";
import { type HttpOptions, httpOptions } from "./http/options.ts";
import { startProbe } from "./http/probe.ts";
import { probeTarget, type StartProbe } from "./http/target.ts";
import { openPerEntity } from "./per-entity.ts";
import type { SourceKind } from "./types.ts";

/** First probes begin this far apart, ms, and all of them within SPREAD_MS: no burst at the start. */
const STEP_MS = 20;
const SPREAD_MS = 1_000;

/**
 * Real services, probed over HTTP. Every probe is a request; it is also a health check (see
 * `failure_threshold`), and any response at all is a heartbeat.
 * @param start begins one probe; replaced in tests
 */
export function createHttpSource(start: StartProbe): SourceKind<HttpOptions> {
  return {
    kind: "http",
    description:
      "Probes a real service with an HTTP request at an interval, on a new connection each time, and " +
      "compares status and body with the expected ones.",
    schema: httpOptions,
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
    breakable:
      "it is a real service: only simulated services can be broken until a fault proxy stands before it",
    simulated: false,
    cadenceMs: (options) => options.interval,
    links: () => [],
    open(watched, context) {
      if (!context.live) return { update: () => {}, stop: () => {} };
      return openPerEntity<HttpOptions>(watched, context, "cannot probe", (one, guarded, index, count) => {
        // Loaded here, so that loading it is not measured as the latency of the first probe.
        if (one.entity.options.url.startsWith("https:")) tls();
        const delayMs = index * Math.min(STEP_MS, SPREAD_MS / count);
        return probeTarget(one, delayMs, guarded, start);
      });
    },
  };
}

export const http = createHttpSource(startProbe);
