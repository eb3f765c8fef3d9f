import { formatCount, formatDuration } from "../../core/text.ts";
import { HIGHEST, LOWEST, SUB_BUCKETS } from "../../store/histogram/histogram-layout.ts";
import { LABEL_SETS, LABEL_SETS_PER_ENTITY } from "../../store/label-set-count.ts";
import { ROW_BYTES } from "../../store/slots/slot-chunk.ts";
import { LIMITS, limitsOf, TIERS } from "../../store/slots/tiers.ts";

import { WORST_TIERS, worstSlots } from "../../store/worst/tiers.ts";

const MIB = 2 ** 20;
const mebibytes = (bytes: number) => `${Math.round(bytes / MIB)} MiB`;

/** How far back so many published values reach, ms. */
function reachOf(series: number): number {
  return worstSlots(WORST_TIERS, LIMITS.worstBytes, series).reduce((longest, slots, nth) => {
    const { slotMs, keepMs } = WORST_TIERS[nth]!;
    return Math.max(longest, Math.min(keepMs, slots * slotMs));
  }, 0);
}

/** How much history the store keeps, and its limits. */
export function storeEntries(): { kind: string; description: string }[] {
  const limits = limitsOf(TIERS, LIMITS);
  const tiers = TIERS.map(({ slotMs, keepMs }, nth) => {
    const { histogramBytes, rowBytes } = limits[nth]!;
    return {
      kind: `slots of ${formatDuration(slotMs)}`,
      description:
        `Kept for ${formatDuration(keepMs)}: counts, sums and extremes of histograms in up to ` +
        `${mebibytes(rowBytes)}, their distributions, which give percentiles, in up to ` +
        `${mebibytes(histogramBytes)}. The oldest are dropped first; queries then use coarser slots.`,
    };
  });
  const slots = TIERS.reduce((sum, { slotMs, keepMs }) => sum + keepMs / slotMs, 0);
  const { histogramBytes, rowBytes, scalarBytes } = LIMITS;
  const percent = (100 / (2 * SUB_BUCKETS + 1)).toFixed(3);
  return [
    ...tiers,
    {
      kind: "memory",
      description:
        `At most ${mebibytes(histogramBytes)} for distributions, ${mebibytes(rowBytes)} for counts and ` +
        `${mebibytes(scalarBytes)} for gauges and counters, whatever the number of entities. The counts of a ` +
        `histogram with values in every slot take ${Math.round((slots * ROW_BYTES) / 1024)} KiB, so ` +
        `${formatCount(Math.floor(rowBytes / slots / ROW_BYTES))} of them are kept in full. The monitor view shows ` +
        "the memory in use.",
    },
    {
      kind: "percentiles",
      description:
        `Within ${percent} % of the exact value from ${LOWEST.toFixed(3)} to ${formatCount(HIGHEST)} in the unit of ` +
        `the metric (for latencies: 1 us to ${(HIGHEST / 3_600_000).toFixed(2)} h), over any window from one slot to ` +
        "the whole history. Values outside this range are only reflected in minimum and maximum.",
    },
    {
      kind: "gauges and counters",
      description:
        "The last value, minimum, maximum and mean of a gauge and the increase of a counter, per slot of " +
        `${formatDuration(TIERS[0]!.slotMs)} and of ${formatDuration(TIERS.at(-1)!.slotMs)}.`,
    },
    {
      kind: "published values",
      description:
        "The worst value of each slot of the measures that charts draw and health judges, as it was published, with " +
        `its instant and its number of samples: ${WORST_TIERS.map(
          ({ slotMs, keepMs }) => `slots of ${formatDuration(slotMs)} for ${formatDuration(keepMs)}`,
        ).join(
          ", ",
        )}. All together take about ${mebibytes(LIMITS.worstBytes)} at most; the more there are, the less far back they reach: ${[
          300, 3000, 30_000,
        ]
          .map((series) => `${formatCount(series)} reach ${formatDuration(reachOf(series))}`)
          .join(", ")}. Charts compute older columns from the metrics, where short spikes can be lower.`,
    },
    {
      kind: "label sets",
      description:
        "Observations with labels (endpoint, region, instance) are also kept by label set: up to " +
        `${LABEL_SETS_PER_ENTITY} per entity, ${formatCount(LABEL_SETS)} in total. Observations of further label sets ` +
        "are recorded without labels; the monitor view shows how many and lists some.",
    },
  ];
}
