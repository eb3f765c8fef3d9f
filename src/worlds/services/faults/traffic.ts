import { numberParam } from "../../../core/params.ts";
import { defineFault } from "../../../faults/types.ts";
import type { ServiceEffects } from "../effects.ts";

/** More requests arrive than usual. */
export const traffic = defineFault<ServiceEffects>()({
  kind: "traffic",
  key: "t",
  title: "Traffic surge",
  description: "Multiplies the usual traffic by this factor.",
  accepts: ["service"],
  params: {
    factor: numberParam({
      unit: "x",
      levels: [2, 3, 4, 6, 8, 16],
      default: 4,
      description: "traffic as a multiple of the usual",
    }),
  },
  moves: ["request_rate", "cpu", "p99"],
  defaultTtlMs: 60_000,
  label: ({ factor }) => `traffic x${factor}`,
  apply: (effects, { factor }) => {
    effects.trafficFactor *= factor;
  },
});
