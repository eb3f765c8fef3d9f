import { defineFault } from "../../../faults/types.ts";
import type { Effects } from "../effects.ts";

/** A consumer or producer has no connection to the broker. */
export const networkPartition = defineFault<Effects>()({
  kind: "network-partition",
  key: "n",
  title: "Network partition",
  description:
    "No connection to the broker. A producer cannot publish; a consumer continues processing but cannot acknowledge, and its messages go to others after the session timeout.",
  accepts: ["consumer", "producer"],
  params: {},
  moves: [
    "consumer_up",
    "producer_up",
    "unsent",
    "publish_failures",
    "dropped",
    "redelivery_rate",
    "duplicates",
    "consumers",
    "lag",
    "depth",
    "oldest_age",
    "lag_growth",
    "total_p99",
  ],
  defaultTtlMs: 30_000,
  label: () => "network partition",
  apply: (effects) => {
    effects.cut = true;
  },
});
