import { numberParam } from "../../../core/params.ts";
import { defineFault } from "../../../faults/types.ts";
import type { ServiceEffects } from "../effects.ts";

/** The service goes up and down. */
export const flapping = defineFault<ServiceEffects>()({
  kind: "flapping",
  key: "f",
  title: "Flapping",
  description: "The service is up for the first half of each period and refuses requests in the second half.",
  accepts: ["service"],
  params: {
    period: numberParam({
      unit: "s",
      levels: [2, 4, 10, 20, 40],
      default: 10,
      description: "time from one start to the next",
    }),
  },
  moves: ["availability", "error_rate"],
  defaultTtlMs: 120_000,
  label: ({ period }) => `flapping every ${period} s`,
  apply: (effects, { period }, elapsedMs) => {
    const periodMs = period * 1000;
    if (elapsedMs % periodMs >= periodMs / 2) effects.refuse = true;
  },
});
