import { numberParam } from "../../../core/params.ts";
import { defineFault } from "../../../faults/types.ts";
import type { Effects } from "../effects.ts";

/** One consumer takes far more messages than it can process; the others are idle. */
export const prefetchHog = defineFault<Effects>()({
  kind: "prefetch-hog",
  key: "f",
  title: "Prefetch hog",
  description: "The consumer takes up to this many messages before all others, which stay idle.",
  accepts: ["consumer"],
  params: {
    prefetch: numberParam({
      unit: "count",
      levels: [10, 50, 100, 200, 500, 1000],
      default: 500,
      description: "maximum messages that it takes",
    }),
  },
  moves: ["share", "held", "starvation", "fairness", "lag", "depth", "oldest_age", "lag_growth", "total_p99"],
  defaultTtlMs: 60_000,
  label: ({ prefetch }) => `prefetch ${prefetch}`,
  apply: (effects, { prefetch }) => {
    effects.prefetch = Math.max(effects.prefetch, Math.round(prefetch));
  },
});
