import { defineFault } from "../../../faults/types.ts";
import type { ServiceEffects } from "../effects.ts";

/** The process is down: connections are refused. */
export const outage = defineFault<ServiceEffects>()({
  kind: "outage",
  key: "o",
  title: "Outage",
  description: "Stops the service: requests and health checks are refused, the heartbeat stops.",
  accepts: ["service"],
  params: {},
  moves: ["availability", "error_rate"],
  defaultTtlMs: 60_000,
  label: () => "outage",
  apply: (effects) => {
    effects.refuse = true;
  },
});
