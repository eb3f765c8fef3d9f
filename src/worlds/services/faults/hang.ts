import { defineFault } from "../../../faults/types.ts";
import type { ServiceEffects } from "../effects.ts";

/** The process stands still: connections are accepted and never answered. */
export const hang = defineFault<ServiceEffects>()({
  kind: "hang",
  key: "h",
  title: "Hang",
  description:
    "The service accepts requests and never answers: callers run into their timeouts, the heartbeat stops.",
  accepts: ["service"],
  params: {},
  moves: ["request_rate", "availability", "error_rate"],
  defaultTtlMs: 60_000,
  label: () => "hang",
  apply: (effects) => {
    effects.hang = true;
  },
});
