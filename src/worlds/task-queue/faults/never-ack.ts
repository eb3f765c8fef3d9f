import { defineFault } from "../../../faults/types.ts";
import type { Effects } from "../effects.ts";

/** A consumer that never acknowledges. */
export const neverAck = defineFault<Effects>()({
  kind: "never-ack",
  key: "v",
  title: "Never ack",
  description:
    "The consumer processes messages but never acknowledges them: the same messages are redelivered again and again.",
  accepts: ["consumer"],
  params: {},
  moves: [
    "unacked",
    "blocked",
    "redelivery_rate",
    "duplicates",
    "in_flight",
    "lag",
    "depth",
    "oldest_age",
    "lag_growth",
    "total_p99",
  ],
  defaultTtlMs: 90_000,
  label: () => "never ack",
  apply: (effects) => {
    effects.neverAck = true;
  },
});
