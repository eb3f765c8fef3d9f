import { numberParam } from "../../../core/params.ts";
import { defineFault } from "../../../faults/types.ts";
import type { ServiceEffects } from "../effects.ts";

/** Another process on the machine uses a share of the CPU. */
export const cpu = defineFault<ServiceEffects>()({
  kind: "cpu",
  key: "c",
  title: "CPU spike",
  description: "Another process uses this share of the CPU: requests slow down and capacity drops.",
  accepts: ["service"],
  params: {
    share: numberParam({
      unit: "percent",
      levels: [20, 40, 60, 80, 90, 95],
      default: 80,
      description: "share of the CPU that is used",
    }),
  },
  moves: ["cpu", "p99"],
  defaultTtlMs: 60_000,
  label: ({ share }) => `cpu ${share} % taken`,
  apply: (effects, { share }) => {
    effects.cpuShare = Math.min(1, effects.cpuShare + share / 100);
  },
});
