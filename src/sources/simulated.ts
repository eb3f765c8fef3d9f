import { type SimOptions, simOptionsSchema } from "../sim/options.ts";
import { openWorld } from "../sim/world.ts";
import type { SourceKind } from "./types.ts";

/** Services that exist only inside this process. All of them together are one world: they call each other. */
export const simulated: SourceKind<SimOptions> = {
  kind: "simulated",
  description: "a service that is simulated inside this process, with calls, load, queues and bad phases",
  schema: simOptionsSchema,
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
  breakable: true,
  cadenceMs: (options) => options.interval,
  calls: (options) => options.calls.map((call) => call.service),
  open: (watched, context) => openWorld(watched, context),
};
