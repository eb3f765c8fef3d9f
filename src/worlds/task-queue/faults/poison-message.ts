import { numberParam } from "../../../core/params.ts";
import { defineFault } from "../../../faults/types.ts";
import type { Effects } from "../effects.ts";

/** Messages that every consumer fails to process until the fault ends (a fixed consumer is deployed). */
export const poisonMessage = defineFault<Effects>()({
  kind: "poison-message",
  key: "p",
  title: "Poison message",
  description:
    "Publishes messages that cannot be processed while the fault is active. With dead letters they are retried and then dead-lettered; without, they are redelivered immediately and block a consumer or a partition.",
  accepts: ["queue", "partition"],
  params: {
    messages: numberParam({
      unit: "",
      levels: [1, 3, 10, 30, 100],
      default: 1,
      description: "poison messages to publish",
    }),
  },
  moves: [
    "dead_letters",
    "redelivery_rate",
    "processing_failures",
    "lag",
    "depth",
    "oldest_age",
    "lag_growth",
    "total_p99",
  ],
  defaultTtlMs: 60_000,
  label: ({ messages }) => (messages === 1 ? "1 poison message" : `${messages} poison messages`),
  apply: (effects, { messages }) => {
    effects.poison += Math.round(messages);
  },
});
