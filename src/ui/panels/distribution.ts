import type { EntityKind } from "../../core/entity.ts";
import type { Measure } from "../../core/measure.ts";
import { formatCount } from "../../core/text.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import type { Bucket } from "../charts/distribution-columns.ts";
import { distributionMeasure, distributionTitle } from "../charts/distribution-measure.ts";
import { leastOf } from "../charts/value-classes.ts";
import { fitText, type Line, span } from "../text/line.ts";
import { emptyRows } from "../text/rows.ts";
import { chartRole, kindOf, measureText } from "../text/values.ts";
import type { PanelKind } from "./types.ts";

/** Columns for bounds, count and percentiles, by minimum width; the bar gets the rest. */
const COLUMNS = [
  { from: 50, label: 15, count: 8, percentiles: 12 },
  { from: 32, label: 13, count: 6, percentiles: 8 },
  { from: 0, label: 13, count: 6, percentiles: 0 },
] as const;

/** The marked percentiles. */
const MARKED = ["p50", "p95", "p99"] as const;

/** The distribution of values of the selected entity: one bar per class, classes growing by equal factors. */
export const distribution: PanelKind = {
  kind: "distribution",
  description:
    "distribution of the values of a measure of the selected entity; option measure: its id, default the headline",
  title({ selected, ...view }, { options }) {
    const kind = selected && kindOf(view, selected);
    const measure = kind && distributionMeasure(kind, options);
    return measure ? `${distributionTitle(kind, measure)}, number per class` : "distribution";
  },
  paint(view, size, { options }) {
    const { selected, history, snapshot, glyphs } = view;
    if (!selected) return emptyRows("nothing is selected", size);
    const kind = kindOf(view, selected);
    const measure = distributionMeasure(kind, options);
    if (!measure) return emptyRows(`no measure of a ${kind.kind} has a distribution`, size);
    const buckets = history.distribution(selected.name, measure.id, selected.windowMs, snapshot.at);
    if (buckets.length === 0)
      return emptyRows(`no ${distributionTitle(kind, measure)} recorded in this window`, size);
    const bars = classes(buckets, size.height, leastOf(measure.unit));
    const most = Math.max(...bars.map(({ count }) => count));
    const columns = COLUMNS.find(({ from }) => size.width >= from)!;
    const space = Math.max(1, size.width - columns.label - columns.count - 1 - columns.percentiles);
    const text = (value: number) => measureText(value, measure);
    return bars.map((bar): { line: Line } => {
      const length = bar.count === 0 ? 0 : Math.max(1, Math.round((bar.count / most) * space));
      const bounds = `${text(bar.low)} ${glyphs.dash} ${text(bar.high)}`;
      const percentiles = percentilesIn(kind, selected, measure, bar, columns.percentiles);
      return {
        line: [
          span(fitText(bounds, columns.label, glyphs.ellipsis, "right"), "dim"),
          span(fitText(formatCount(bar.count), columns.count, "", "right")),
          span(" "),
          span(
            fitText(glyphs.barFull.repeat(length), space, ""),
            chartRole(bar.low, selected.limits[measure.id], measure),
          ),
          span(fitText(percentiles, columns.percentiles, ""), "dim"),
        ],
      };
    });
  },
};

/** The percentiles in a class: " p50 p95 p99", or " p50-99" on little space. */
function percentilesIn(
  kind: EntityKind,
  { values }: EntitySnapshot,
  { read }: Measure,
  { low, high }: Bucket,
  space: number,
): string {
  const names = MARKED.filter((stat) => {
    const of = kind.measures.find(
      (other) =>
        other.read.type === "statistic" &&
        read.type === "statistic" &&
        other.read.metric === read.metric &&
        other.read.stat === stat,
    );
    const value = of === undefined ? Number.NaN : (values[of.id] ?? Number.NaN);
    return value >= low && value < high;
  });
  if (names.length === 0) return "";
  const all = ` ${names.join(" ")}`;
  return all.length <= space ? all : ` ${names[0]}-${names.at(-1)!.slice(1)}`;
}

/**
 * Aggregates the fine buckets of the store into at most `most` classes with bounds that grow by one factor.
 */
export function classes(buckets: readonly Bucket[], most: number, least: number): readonly Bucket[] {
  const lowest = Math.max(least, buckets[0]!.low);
  const highest = Math.max(lowest * 1.001, buckets.at(-1)!.high);
  const count = Math.max(1, Math.min(most, 12));
  const factor = (highest / lowest) ** (1 / count);
  const bars = Array.from({ length: count }, (_, index) => ({
    low: lowest * factor ** index,
    high: lowest * factor ** (index + 1),
    count: 0,
  }));
  for (const bucket of buckets) {
    const middle = (Math.max(lowest, bucket.low) + bucket.high) / 2;
    const index = Math.floor(Math.log(middle / lowest) / Math.log(factor));
    bars[Math.max(0, Math.min(count - 1, Number.isFinite(index) ? index : 0))]!.count += bucket.count;
  }
  return bars;
}
