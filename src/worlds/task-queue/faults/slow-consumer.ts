import { numberParam } from "../../../core/params.ts";
import { defineFault } from "../../../faults/types.ts";
import type { Effects } from "../effects.ts";

/** Processing takes longer. */
export const slowConsumer = defineFault<Effects>()({
  kind: "slow-consumer",
  key: "s",
  title: "Slow consumer",
  description: "Multiplies the time to process a message.",
  accepts: ["consumer"],
  params: {
    factor: numberParam({
      unit: "x",
      levels: [2, 3, 5, 10, 20, 50],
      default: 10,
      description: "factor on the processing time",
    }),
  },
  moves: [
    "processing_p95",
    "slowdown",
    "utilisation",
    "lag",
    "depth",
    "oldest_age",
    "lag_growth",
    "total_p99",
    "fairness",
  ],
  defaultTtlMs: 60_000,
  label: ({ factor }) => `processing x${factor}`,
  apply: (effects, { factor }) => {
    effects.slowdown *= factor;
  },
});
