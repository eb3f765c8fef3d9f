import { service } from "../kinds/service.ts";
import { services } from "../worlds/services/index.ts";
import { type SimOptions, serviceLinks, simOptionsSchema } from "../worlds/services/options.ts";
import { serviceAdvice } from "../worlds/services/service-time.ts";
import { workProblems } from "../worlds/services/work.ts";
import type { SourceKind } from "./types.ts";

/** The simulated services of a config. All of them share one simulation, so they can call each other. */
export const simulated: SourceKind<SimOptions> = {
  kind: "simulated",
  description: "a service that is simulated in this process, with calls, load, queues and failure phases",
  get schema() {
    return simOptionsSchema();
  },
  example: {
    name: "payment-service",
    source: "simulated",
    base_latency: "200ms",
    error_rate: 0.01,
    rate: 20,
    endpoints: [
      { name: "/charge", share: 0.8 },
      { name: "/refund", share: 0.2, latency: 1.5, error_rate: 0.01 },
    ],
    instances: 2,
    calls: [{ service: "notification-svc", probability: 0.3, timeout: "1s", retries: 1 }],
  },
  entityKind: service,
  faultKinds: services.faultKinds,
  actionKinds: services.actionKinds,
  breakable: true,
  simulated: true,
  cadenceMs: (options) => options.interval,
  links: serviceLinks,
  advice: serviceAdvice,
  problems: workProblems,
  open: services.open,
};
