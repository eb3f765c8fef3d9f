import { defineFault } from "../../../faults/types.ts";
import type { Effects } from "../effects.ts";

/** The broker that holds a queue or a partition does not run. Messages are durable. */
export const brokerDown = defineFault<Effects>()({
  kind: "broker-down",
  key: "d",
  title: "Broker down",
  description:
    "The broker of this queue or partition stops: publishing fails, nothing is delivered. Afterwards unacknowledged messages are delivered again.",
  accepts: ["queue", "partition"],
  params: {},
  defaultTtlMs: 30_000,
  label: () => "broker down",
  apply: (effects) => {
    effects.down = true;
  },
});
