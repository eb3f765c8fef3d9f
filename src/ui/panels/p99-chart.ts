import { formatCount, formatDuration, formatMs } from "../../core/text.ts";
import { FLEET, type ServiceSnapshot } from "../../monitor/types.ts";
import { chartLines, niceScale } from "../charts/chart.ts";
import { p99Columns } from "../charts/p99-columns.ts";
import { markRow, type TimeSpan, timeLabels } from "../charts/time-axis.ts";
import { timeGrid } from "../charts/time-grid.ts";
import { ZOOMS } from "../state.ts";
import { type Line, span } from "../text/line.ts";
import { emptyRows } from "../text/rows.ts";
import { latencyRole } from "../text/values.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

const LABEL_WIDTH = 7;

/** The p99 of the selected service, or of all requests of the fleet, over time. */
export const p99Chart: PanelKind = {
  kind: "p99-chart",
  title(view) {
    const service = charted(view);
    const { requestCount } = statsOf(view, service);
    const name = service ? service.name : "whole fleet";
    const zoom = formatDuration(ZOOMS[view.ui.zoomIndex]!);
    return `${name} p99 (ms), last ${zoom}, n=${formatCount(requestCount)}`;
  },
  paint(view, size) {
    const service = charted(view);
    const columns = size.width - LABEL_WIDTH - 2;
    const rows = size.height - 3;
    if (columns < 10 || rows < 2) return emptyRows("too small for a chart", size);
    const grid = timeGrid(view.snapshot.at, ZOOMS[view.ui.zoomIndex]!, columns);
    const { time } = grid;
    const values = p99Columns(view, service, grid);
    const known = values.filter((value) => !Number.isNaN(value));
    if (known.length === 0)
      return emptyRows("no requests in this time: their 99th percentile would be here", size);
    // At least so high that a calm service does not look like a storm.
    const scale = niceScale(Math.max(100, ...known), rows);
    const limits = service?.thresholds;
    const role = (value: number) => {
      const limit = limits ? latencyRole(value, limits) : "text";
      return limit === "text" ? ("mark" as const) : limit;
    };
    const chart = chartLines(values, rows, scale, LABEL_WIDTH, formatMs, role, view.glyphs.box);
    const indent = span(" ".repeat(LABEL_WIDTH + 2));
    const lines: Line[] = [
      ...chart,
      [indent, ...marks(view, service, time)],
      [indent, span(timeLabels(time), "dim")],
    ];
    return lines.map((line) => ({ line }));
  },
};

/** The service whose chart is drawn; undefined for the whole fleet. */
function charted({ ui, selected }: View): ServiceSnapshot | undefined {
  return ui.chartFleet && ui.view !== "detail" ? undefined : selected;
}

function statsOf({ snapshot }: View, service: ServiceSnapshot | undefined) {
  return service?.stats ?? snapshot.history.stats(FLEET, snapshot.windowMs, snapshot.at);
}

/** Where faults worked on what is drawn; on a service's chart also those that spread to it. */
function marks(view: View, service: ServiceSnapshot | undefined, time: TimeSpan): Line {
  const { faults, at } = view.snapshot;
  const shown = faults.filter(
    (card) => !service || card.service === service.name || card.spreadTo.includes(service.name),
  );
  return markRow(
    shown.map((card) => ({ from: card.injectedAt, to: card.endedAt ?? at })),
    time,
    view.glyphs,
  );
}
