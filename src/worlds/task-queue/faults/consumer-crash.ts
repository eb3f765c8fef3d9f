import { defineFault } from "../../../faults/types.ts";
import type { Effects } from "../effects.ts";

/** The process of a consumer is down until the fault ends. */
export const consumerCrash = defineFault<Effects>()({
  kind: "consumer-crash",
  key: "c",
  title: "Consumer crash",
  description:
    "The process crashes while processing and restarts when the fault ends. With late acknowledgement its messages are redelivered; with early acknowledgement they are lost.",
  accepts: ["consumer"],
  params: {},
  moves: [
    "consumer_up",
    "redelivery_rate",
    "lost",
    "duplicates",
    "consumers",
    "lag",
    "depth",
    "oldest_age",
    "lag_growth",
    "total_p99",
    "utilisation",
  ],
  defaultTtlMs: 30_000,
  label: () => "consumer crash",
  apply: (effects) => {
    effects.crashed = true;
  },
});
