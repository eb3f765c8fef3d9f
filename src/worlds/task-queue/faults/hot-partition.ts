import { numberParam } from "../../../core/params.ts";
import { defineFault } from "../../../faults/types.ts";
import { type Effects, eitherShare } from "../effects.ts";

/** A large share of the messages has keys of one partition. */
export const hotPartition = defineFault<Effects>()({
  kind: "hot-partition",
  key: "h",
  title: "Hot partition",
  description: "This share of the topic's messages goes to this partition, the rest to all alike.",
  accepts: ["partition"],
  params: {
    share: numberParam({
      unit: "percent",
      levels: [25, 50, 75, 90, 100],
      default: 75,
      description: "share of the topic's messages that goes to this partition",
    }),
  },
  moves: [
    "publish_rate",
    "lag",
    "depth",
    "oldest_age",
    "lag_growth",
    "total_p99",
    "refused_rate",
    "utilisation",
  ],
  defaultTtlMs: 60_000,
  label: ({ share }) => `${share} % of all messages`,
  refuses: ({ labels }) => (labels.partitions === "1" ? "it is the only partition of its topic" : undefined),
  apply: (effects, { share }) => {
    effects.hotShare = eitherShare(effects.hotShare, share / 100);
  },
});
