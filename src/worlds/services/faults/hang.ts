import { defineFault } from "../../../faults/types.ts";
import type { ServiceEffects } from "../effects.ts";

/** The process hangs: it accepts connections but never responds. */
export const hang = defineFault<ServiceEffects>()({
  kind: "hang",
  key: "h",
  title: "Hang",
  description: "The service accepts requests but never responds: callers time out, the heartbeat stops.",
  accepts: ["service"],
  params: {},
  moves: ["request_rate", "availability", "error_rate"],
  defaultTtlMs: 60_000,
  label: () => "hang",
  apply: (effects) => {
    effects.hang = true;
  },
});
