import { formatCount, formatDuration } from "../../core/text.ts";
import { HIGHEST_MS, LOWEST_MS, SUB_BUCKETS } from "../../store/histogram/histogram-layout.ts";
import { LABEL_SETS, LABEL_SETS_PER_SERVICE } from "../../store/label-sets.ts";
import { ROW_BYTES } from "../../store/slots/slot-chunk.ts";
import { LIMITS, limitsOf, TIERS } from "../../store/slots/tiers.ts";

const MIB = 2 ** 20;
const mebibytes = (bytes: number) => `${Math.round(bytes / MIB)} MiB`;

/** What the store keeps of the past, and what bounds it. */
export function storeEntries(): { kind: string; description: string }[] {
  const limits = limitsOf(TIERS, LIMITS);
  const tiers = TIERS.map(({ slotMs, keepMs }, nth) => {
    const { histogramBytes, rowBytes } = limits[nth]!;
    return {
      kind: `slots of ${formatDuration(slotMs)}`,
      description:
        `Kept for ${formatDuration(keepMs)}: requests, errors, checks, the sum and extremes of latencies while ` +
        `they fit into ${mebibytes(rowBytes)}, their distribution, from which percentiles come, while it fits into ` +
        `${mebibytes(histogramBytes)}. The oldest go first; coarser slots answer for what finer ones have let go.`,
    };
  });
  const slots = TIERS.reduce((sum, { slotMs, keepMs }) => sum + keepMs / slotMs, 0);
  const { histogramBytes, rowBytes, namedBytes } = LIMITS;
  const percent = (100 / (2 * SUB_BUCKETS + 1)).toFixed(3);
  return [
    ...tiers,
    {
      kind: "memory",
      description:
        `At most ${mebibytes(histogramBytes)} for distributions, ${mebibytes(rowBytes)} for counts and ` +
        `${mebibytes(namedBytes)} for gauges and counters, whatever the number of services. Counts of a service that is busy in ` +
        `every slot take ${Math.round((slots * ROW_BYTES) / 1024)} KiB; so ${formatCount(Math.floor(rowBytes / slots / ROW_BYTES))} ` +
        "such services reach back all the way. The view of the monitor itself says what is in use.",
    },
    {
      kind: "percentiles",
      description:
        `Within ${percent} % of the exact latency from ${formatMicroseconds(LOWEST_MS)} to ` +
        `${(HIGHEST_MS / 3_600_000).toFixed(2)} h, over any window from one slot to all that is kept. What is below or ` +
        "above is counted apart and told by the extremes seen. Over a day, negative or not a number is rejected.",
    },
    {
      kind: "gauges and counters",
      description:
        `The last value, extremes and mean of a gauge, the growth of a counter, in each slot of ${formatDuration(TIERS[0]!.slotMs)} and of ` +
        `${formatDuration(TIERS.at(-1)!.slotMs)}; up to 64 names of either a service.`,
    },
    {
      kind: "label sets",
      description:
        `Requests that carry labels (endpoint, region, instance) are kept by label set too: up to ` +
        `${LABEL_SETS_PER_SERVICE} a service, ${formatCount(LABEL_SETS)} in all. Those of further ones count for their ` +
        "service alone; the view of the monitor itself says how many, and names some.",
    },
  ];
}

const formatMicroseconds = (ms: number) => `${Math.round(ms * 1000)} us`;
