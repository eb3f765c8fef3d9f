import { defineFault } from "../../../faults/types.ts";
import type { Effects } from "../effects.ts";

/** Consumer or producer have no connection to the broker. */
export const networkPartition = defineFault<Effects>()({
  kind: "network-partition",
  key: "n",
  title: "Network partition",
  description:
    "No connection to the broker. A producer cannot publish; a consumer goes on working but cannot acknowledge, and its messages go to others after the session timeout.",
  accepts: ["consumer", "producer"],
  params: {},
  defaultTtlMs: 30_000,
  label: () => "network partition",
  apply: (effects) => {
    effects.cut = true;
  },
});
