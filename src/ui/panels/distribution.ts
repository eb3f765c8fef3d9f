import { formatCount, formatMs } from "../../core/text.ts";
import type { Role } from "../text/line.ts";
import { fitText, type Line, span } from "../text/line.ts";
import { emptyRows } from "../text/rows.ts";
import { latencyRole } from "../text/values.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** Columns for bounds, count and percentiles, by the least width they are for; the bar between them gets the rest. */
const COLUMNS = [
  { from: 50, label: 15, count: 8, percentiles: 12 },
  { from: 32, label: 13, count: 6, percentiles: 8 },
  { from: 0, label: 13, count: 6, percentiles: 0 },
] as const;

interface Bar {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** How the latencies of the selected service are spread: one bar a class, classes growing by equal factors. */
export const distribution: PanelKind = {
  kind: "distribution",
  title: () => "latencies (ms), requests per class",
  paint(view, size) {
    const service = view.selected;
    const buckets = service
      ? view.snapshot.history.distribution(service.name, service.stats.windowMs, view.snapshot.at)
      : [];
    if (!service || buckets.length === 0)
      return emptyRows("no requests: their latencies would be here", size);
    const bars = classes(buckets, size.height);
    const most = Math.max(...bars.map(({ count }) => count));
    const { label, count, percentiles } = COLUMNS.find(({ from }) => size.width >= from)!;
    const room = Math.max(1, size.width - label - count - 1 - percentiles);
    return bars.map((bar): { line: Line } => {
      const length = bar.count === 0 ? 0 : Math.max(1, Math.round((bar.count / most) * room));
      const limit = latencyRole(bar.low, service.thresholds);
      const role: Role = limit === "text" ? "mark" : limit;
      return {
        line: [
          span(
            fitText(`${formatMs(bar.low)} ${view.glyphs.dash} ${formatMs(bar.high)}`, label, "", "right"),
            "dim",
          ),
          span(fitText(formatCount(bar.count), count, "", "right")),
          span(" "),
          span(fitText(view.glyphs.barFull.repeat(length), room, ""), role),
          span(fitText(percentilesIn(view, bar, percentiles), percentiles, ""), "dim"),
        ],
      };
    });
  },
};

/** Which of the percentiles lie in a class: " p50 p95 p99", or where there is no room for that, " p50-99". */
function percentilesIn({ selected }: View, { low, high }: Bar, room: number): string {
  const { p50, p95, p99 } = selected!.stats;
  const inside = [
    ["50", p50],
    ["95", p95],
    ["99", p99],
  ] as const;
  const names = inside.filter(([, value]) => value >= low && value < high).map(([name]) => name);
  if (names.length === 0) return "";
  const all = ` ${names.map((name) => `p${name}`).join(" ")}`;
  return all.length <= room ? all : ` p${names[0]}-${names.at(-1)}`;
}

/** The store's fine buckets gathered into at most `most` classes whose bounds grow by one factor. */
export function classes(
  buckets: readonly { readonly lowMs: number; readonly highMs: number; readonly count: number }[],
  most: number,
): readonly Bar[] {
  const lowest = Math.max(0.001, buckets[0]!.lowMs);
  const highest = buckets.at(-1)!.highMs;
  const count = Math.max(1, Math.min(most, 12));
  const factor = (highest / lowest) ** (1 / count);
  const bars = Array.from({ length: count }, (_, index) => ({
    low: lowest * factor ** index,
    high: lowest * factor ** (index + 1),
    count: 0,
  }));
  for (const bucket of buckets) {
    const middle = (Math.max(lowest, bucket.lowMs) + bucket.highMs) / 2;
    const index = Math.floor(Math.log(middle / lowest) / Math.log(factor));
    bars[Math.max(0, Math.min(count - 1, Number.isFinite(index) ? index : 0))]!.count += bucket.count;
  }
  return bars;
}
