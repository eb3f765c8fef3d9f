import { numberParam } from "../../../core/params.ts";
import { defineFault } from "../../../faults/types.ts";
import { type Effects, eitherShare } from "../effects.ts";

/** Acknowledgements do not reach the broker. */
export const ackLost = defineFault<Effects>()({
  kind: "ack-lost",
  key: "l",
  title: "Ack lost",
  description: "Acknowledgements are lost: processed messages are redelivered after the visibility timeout.",
  accepts: ["consumer", "queue"],
  params: {
    share: numberParam({
      unit: "percent",
      levels: [1, 5, 10, 25, 50, 100],
      default: 25,
      description: "share of the acknowledgements that are lost",
    }),
  },
  moves: [
    "redelivery_rate",
    "blocked",
    "duplicates",
    "unacked",
    "in_flight",
    "lag",
    "depth",
    "oldest_age",
    "lag_growth",
    "total_p99",
  ],
  defaultTtlMs: 60_000,
  label: ({ share }) => `${share} % of acks lost`,
  apply: (effects, { share }) => {
    effects.ackLoss = eitherShare(effects.ackLoss, share / 100);
  },
});
