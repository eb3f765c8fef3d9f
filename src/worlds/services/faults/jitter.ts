import { numberParam } from "../../../core/params.ts";
import { formatCount } from "../../../core/text.ts";
import { defineFault } from "../../../faults/types.ts";
import type { ServiceEffects } from "../effects.ts";

/** Adds random delays: the median changes little, the tail a lot. */
export const jitter = defineFault<ServiceEffects>()({
  kind: "jitter",
  key: "i",
  title: "Jitter",
  description: "Adds a random delay to every request, uniform from zero to this maximum.",
  accepts: ["service"],
  params: {
    jitter: numberParam({
      unit: "ms",
      levels: [50, 100, 200, 400, 800, 1600],
      default: 400,
      description: "longest delay added to a request",
    }),
  },
  moves: ["p99", "error_rate"],
  defaultTtlMs: 60_000,
  label: ({ jitter }) => `jitter up to ${formatCount(jitter)} ms`,
  apply: (effects, { jitter }) => {
    effects.jitterMs += jitter;
  },
});
