import { formatDuration } from "../../core/text.ts";
import type { ServiceSnapshot, Snapshot } from "../../monitor/types.ts";
import { shadesFor } from "../../terminal/shade-glyphs.ts";
import { axisCells, formatRound } from "../charts/axis.ts";
import { chartFoot, chartGrid, chartRows } from "../charts/bar-chart.ts";
import { distributionColumns } from "../charts/column-memo.ts";
import { latencyBounds } from "../charts/latency-classes.ts";
import { columnEnds } from "../charts/time-grid.ts";
import { ZOOMS } from "../state.ts";
import { type Line, type Role, span } from "../text/line.ts";
import { emptyRows } from "../text/rows.ts";
import { latencyRole } from "../text/values.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

type Buckets = ReturnType<Snapshot["history"]["distribution"]>;
type Bucket = Buckets[number];

/** From which share of a column's requests on a class gets the second, third and fourth shade; any at all gets the first. */
const SHARES = [0.05, 0.15, 0.4] as const;
/** Of the fastest requests, this share may lie below the lowest class: a few odd ones would only waste rows. */
const FASTEST = 0.01;

/** How the latencies of the selected service were spread over time: a column a step, a row a latency class. */
export const heatmap: PanelKind = {
  kind: "heatmap",
  title({ selected, ui }) {
    const name = selected ? `${selected.name} ` : "";
    const [, some, more, many, most] = shadesFor(ui.unicode);
    const [second, third, fourth] = SHARES.map((share) => `${share * 100}%`);
    const key = `${some} <${second} ${more} <${third} ${many} <${fourth} ${most} more of the requests`;
    return `${name}latencies (ms), last ${formatDuration(ZOOMS[ui.zoomIndex]!)}, ${key}`;
  },
  paint(view, size) {
    const service = view.selected;
    if (!service) return emptyRows("no service: its latencies would be here", size);
    const grid = chartGrid(view, size);
    if (!grid) return emptyRows("too small for a heatmap", size);
    const { history, at } = view.snapshot;
    const whole = history.distribution(service.name, grid.stepMs * grid.time.columns, at);
    if (whole.length === 0) return emptyRows("no requests in this time: their latencies would be here", size);
    const bounds = boundsOf(whole, service, chartRows(size));
    const ends = columnEnds(grid, at);
    const steps = distributionColumns(history, service, grid.stepMs, ends, view.live.at);
    const columns = steps.map((buckets) => levels(buckets, bounds));
    const rows = bounds.slice(0, -1).map((low, index) => heatRow(view, service, bounds, low, index, columns));
    return [...rows.reverse(), ...chartFoot(view, service.name, grid, size)].map((line) => ({ line }));
  },
};

/** The classes reach at least to the critical limit: a fault has somewhere to rise to, and rows rarely change. */
function boundsOf(whole: Buckets, { thresholds }: ServiceSnapshot, most: number): readonly number[] {
  let below = FASTEST * whole.reduce((sum, { count }) => sum + count, 0);
  const lowest = whole.find(({ count }) => {
    below -= count;
    return below < 0;
  })!;
  return latencyBounds(middle(lowest), Math.max(thresholds.p99_critical, middle(whole.at(-1)!)), most);
}

function heatRow(
  { ui, glyphs }: View,
  { thresholds }: ServiceSnapshot,
  bounds: readonly number[],
  low: number,
  index: number,
  columns: readonly Uint8Array[],
): Line {
  const shades = shadesFor(ui.unicode);
  // The middle speaks for the class: one that begins exactly at a limit lies beyond it.
  const limit = latencyRole(Math.sqrt(low * bounds[index + 1]!), thresholds);
  const role: Role = limit === "text" ? "mark" : limit;
  const text = columns.map((column) => shades[column[index]!]!).join("");
  return [...axisCells(formatRound(low), glyphs), span(text, role)];
}

/** The shade, 0 to 4, of each class in one column. */
function levels(buckets: Buckets, bounds: readonly number[]): Uint8Array {
  const classes = bounds.length - 1;
  const counts = new Float64Array(classes);
  let total = 0;
  let index = 0;
  for (const bucket of buckets) {
    const ms = middle(bucket);
    while (index < classes - 1 && ms >= bounds[index + 1]!) index += 1;
    counts[index] = counts[index]! + bucket.count;
    total += bucket.count;
  }
  return Uint8Array.from(counts, (count) => {
    if (count === 0) return 0;
    return 1 + SHARES.filter((share) => count >= share * total).length;
  });
}

/** The latency that stands for a bucket of the store, whose ends may be open. */
function middle({ lowMs, highMs }: Bucket): number {
  if (lowMs === 0) return highMs;
  return highMs === Number.POSITIVE_INFINITY ? lowMs : Math.sqrt(lowMs * highMs);
}
