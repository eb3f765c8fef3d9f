import { numberParam } from "../../../core/params.ts";
import { formatCount } from "../../../core/text.ts";
import { defineFault } from "../../../faults/types.ts";
import type { ServiceEffects } from "../effects.ts";

/** Adds a fixed delay to every request. */
export const latency = defineFault<ServiceEffects>()({
  kind: "latency",
  key: "l",
  title: "Latency",
  description: "Adds a fixed delay to every request.",
  accepts: ["service"],
  params: {
    latency: numberParam({
      unit: "ms",
      levels: [100, 200, 400, 800, 1600, 3200],
      default: 800,
      description: "delay added to every request",
    }),
  },
  moves: ["p99", "error_rate"],
  defaultTtlMs: 60_000,
  label: ({ latency }) => `latency +${formatCount(latency)} ms`,
  apply: (effects, { latency }) => {
    effects.latencyMs += latency;
  },
});
