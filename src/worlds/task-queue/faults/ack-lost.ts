import { numberParam } from "../../../core/params.ts";
import { defineFault } from "../../../faults/types.ts";
import { type Effects, eitherShare } from "../effects.ts";

/** Acknowledgements do not reach the broker. */
export const ackLost = defineFault<Effects>()({
  kind: "ack-lost",
  key: "l",
  title: "Ack lost",
  description:
    "Acknowledgements do not arrive: the messages are delivered again after the visibility timeout, although they were processed.",
  accepts: ["consumer", "queue"],
  params: {
    share: numberParam({
      unit: "percent",
      levels: [1, 5, 10, 25, 50, 100],
      default: 25,
      description: "share of the acknowledgements that are lost",
    }),
  },
  defaultTtlMs: 60_000,
  label: ({ share }) => `${share} % of acks lost`,
  apply: (effects, { share }) => {
    effects.ackLoss = eitherShare(effects.ackLoss, share / 100);
  },
});
