import { defineFault } from "../../../faults/types.ts";
import type { Effects } from "../effects.ts";

/** The broker of a queue or partition is down. Messages are durable. */
export const brokerDown = defineFault<Effects>()({
  kind: "broker-down",
  key: "d",
  title: "Broker down",
  description:
    "The broker of this queue or partition stops: publishing fails, nothing is delivered. Afterwards unacknowledged messages are redelivered.",
  accepts: ["queue", "partition"],
  params: {},
  moves: [
    "broker_up",
    "partitions_down",
    "unsent",
    "publish_failures",
    "dropped",
    "producer_up",
    "consumer_up",
    "redelivery_rate",
    "lag",
    "depth",
    "oldest_age",
    "lag_growth",
    "total_p99",
  ],
  defaultTtlMs: 30_000,
  label: () => "broker down",
  apply: (effects) => {
    effects.down = true;
  },
});
