import { numberParam } from "../../../core/params.ts";
import { defineFault } from "../../../faults/types.ts";
import type { Effects } from "../effects.ts";

/** Processing takes this many times as long. */
export const slowConsumer = defineFault<Effects>()({
  kind: "slow-consumer",
  key: "s",
  title: "Slow consumer",
  description: "Processing a message takes this many times as long.",
  accepts: ["consumer"],
  params: {
    factor: numberParam({
      unit: "x",
      levels: [2, 3, 5, 10, 20, 50],
      default: 10,
      description: "how many times as long processing takes",
    }),
  },
  defaultTtlMs: 60_000,
  label: ({ factor }) => `processing x${factor}`,
  apply: (effects, { factor }) => {
    effects.slowdown *= factor;
  },
});
