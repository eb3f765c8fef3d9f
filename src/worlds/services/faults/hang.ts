import { defineFault } from "../../../faults/types.ts";
import type { ServiceEffects } from "../effects.ts";

/** The process hangs: it accepts connections but never responds. */
export const hang = defineFault<ServiceEffects>()({
  kind: "hang",
  key: "h",
  title: "Hang",
  description:
    "The service accepts requests but answers none, until its backlog is full: callers time out, the heartbeat stops.",
  accepts: ["service"],
  params: {},
  moves: ["request_rate", "oldest_request", "in_flight", "availability", "error_rate"],
  defaultTtlMs: 60_000,
  label: () => "hang",
  apply: (effects) => {
    effects.hang = true;
  },
});
