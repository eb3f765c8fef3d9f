import { numberParam } from "../../../core/params.ts";
import { defineFault } from "../../../faults/types.ts";
import type { Effects } from "../effects.ts";

/** A producer publishes many more messages than usual. */
export const producerBurst = defineFault<Effects>()({
  kind: "producer-burst",
  key: "b",
  title: "Producer burst",
  description: "Multiplies the publish rate of the producer.",
  accepts: ["producer"],
  params: {
    factor: numberParam({
      unit: "x",
      levels: [2, 3, 5, 10, 20],
      default: 5,
      description: "factor on the publish rate",
    }),
  },
  moves: [
    "publish_rate",
    "lag",
    "depth",
    "oldest_age",
    "lag_growth",
    "total_p99",
    "utilisation",
    "refused_rate",
  ],
  defaultTtlMs: 30_000,
  label: ({ factor }) => `burst x${factor}`,
  apply: (effects, { factor }) => {
    effects.burst *= factor;
  },
});
