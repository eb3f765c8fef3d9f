import { defineFault } from "../../../faults/types.ts";
import type { Effects } from "../effects.ts";

/** The process of a consumer is gone until the fault ends; then it starts again. */
export const consumerCrash = defineFault<Effects>()({
  kind: "consumer-crash",
  key: "c",
  title: "Consumer crash",
  description:
    "The process dies in the middle of its work and starts again when the fault ends. Acknowledged late, its messages come back; acknowledged early, they are lost.",
  accepts: ["consumer"],
  params: {},
  defaultTtlMs: 30_000,
  label: () => "consumer crash",
  apply: (effects) => {
    effects.crashed = true;
  },
});
