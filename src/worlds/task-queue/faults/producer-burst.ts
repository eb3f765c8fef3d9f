import { numberParam } from "../../../core/params.ts";
import { defineFault } from "../../../faults/types.ts";
import type { Effects } from "../effects.ts";

/** A producer publishes much more than usual. */
export const producerBurst = defineFault<Effects>()({
  kind: "producer-burst",
  key: "b",
  title: "Producer burst",
  description: "The producer publishes this many times as many messages.",
  accepts: ["producer"],
  params: {
    factor: numberParam({
      unit: "x",
      levels: [2, 3, 5, 10, 20],
      default: 5,
      description: "how many times as many messages it publishes",
    }),
  },
  defaultTtlMs: 30_000,
  label: ({ factor }) => `burst x${factor}`,
  apply: (effects, { factor }) => {
    effects.burst *= factor;
  },
});
