import { numberParam } from "../../../core/params.ts";
import { defineFault } from "../../../faults/types.ts";
import type { ServiceEffects } from "../effects.ts";

/** Another process on the machine takes a share of the processor. */
export const cpu = defineFault<ServiceEffects>()({
  kind: "cpu",
  key: "c",
  title: "CPU spike",
  description: "Another process takes this share of the processor: requests slow down and capacity shrinks.",
  accepts: ["service"],
  params: {
    share: numberParam({
      unit: "percent",
      levels: [20, 40, 60, 80, 90, 95],
      default: 80,
      description: "share of the processor that is taken",
    }),
  },
  moves: ["cpu", "p99"],
  defaultTtlMs: 60_000,
  label: ({ share }) => `cpu ${share} % taken`,
  apply: (effects, { share }) => {
    effects.cpuShare = Math.min(1, effects.cpuShare + share / 100);
  },
});
