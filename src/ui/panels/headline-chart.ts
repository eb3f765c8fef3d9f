import type { EntityKind } from "../../core/entity.ts";
import type { Measure } from "../../core/measure.ts";
import { formatCount, formatDuration } from "../../core/text.ts";
import { type EntitySnapshot, FLEET } from "../../monitor/types.ts";
import { axisText, scaleOf } from "../charts/axis.ts";
import { axisIndent, GUTTER } from "../charts/axis-cells.ts";
import { chartLines } from "../charts/chart.ts";
import { chartedKind } from "../charts/charted-entities.ts";
import { faultMarks } from "../charts/fault-marks.ts";
import { measureColumns } from "../charts/measure-columns.ts";
import { metricOf } from "../charts/measure-reads.ts";
import { timeLabels } from "../charts/time-axis.ts";
import { timeGrid } from "../charts/time-grid.ts";
import { ZOOMS } from "../state.ts";
import { type Line, span } from "../text/line.ts";
import { emptyRows } from "../text/rows.ts";
import { columnRole, headlineOf, titleWithUnit } from "../text/values.ts";
import type { View } from "../view.ts";
import { scopeOf } from "./cursor.ts";
import type { PanelInstance, PanelKind } from "./types.ts";

/** The charted measure, of an entity or of the whole fleet. */
interface Charted {
  readonly measure: Measure;
  readonly entity: EntitySnapshot | undefined;
}

/** The headline of the selected entity, or of the whole fleet, over time. */
export const headlineChart: PanelKind = {
  kind: "headline-chart",
  description: "the most important measure of the selected entity, or of the whole fleet, over time",
  title(view, panel) {
    const drawn = charted(view, panel);
    const zoom = formatDuration(ZOOMS[view.ui.zoomIndex]!);
    if (!drawn) return `last ${zoom}`;
    const name = drawn.entity?.name ?? "whole fleet";
    return `${name} ${titleWithUnit(drawn.measure)}, last ${zoom}${samples(view, drawn)}`;
  },
  paint(view, size, panel) {
    const drawn = charted(view, panel);
    const columns = size.width - GUTTER;
    const rows = size.height - 3;
    if (columns < 10 || rows < 2) return emptyRows("too small for a chart", size);
    if (!drawn) return emptyRows("nothing is selected", size);
    const { entity, measure } = drawn;
    const grid = timeGrid(view.snapshot.at, ZOOMS[view.ui.zoomIndex]!, columns);
    const { values, weak } = measureColumns(view, entity, measure, grid);
    const known = values.filter((value) => !Number.isNaN(value));
    if (known.length === 0) return emptyRows(`${measure.title} has no data for this time`, size);
    const scale = scaleOf(measure, Math.max(...known), rows, Math.min(...known));
    const label = (value: number) => axisText(value, measure.unit, measure.top);
    const role = (value: number, column: number) =>
      columnRole(value, weak[column] === 1, entity?.limits[measure.id], measure);
    const lines: Line[] = [
      ...chartLines(values, rows, scale, label, role, view.glyphs),
      [...axisIndent(), ...faultMarks(view, entity?.name, grid.time)],
      [...axisIndent(), span(timeLabels(grid.time), "dim")],
    ];
    return lines.map((line) => ({ line }));
  },
};

/** The whole fleet if selected and if the headline is recorded for it. */
function charted(view: View, panel: PanelInstance): Charted | undefined {
  const { ui, selected } = view;
  const kind = chartedKind(view);
  if (!kind) return undefined;
  const measure = headlineOf(kind);
  const isFleet = ui.chartFleet && scopeOf(view, panel) === undefined && isKeptForFleet(kind, measure);
  if (isFleet) return { measure, entity: undefined };
  return selected && { measure, entity: selected };
}

function isKeptForFleet(kind: EntityKind, measure: Measure): boolean {
  const metric = metricOf(kind, measure);
  return metric?.type === "histogram" && metric.fleet === true;
}

/** The number of samples of the newest value. */
function samples({ snapshot, history }: View, { measure, entity }: Charted): string {
  if (measure.samples === undefined) return "";
  const count =
    entity?.values[measure.samples] ?? history.value(FLEET, measure.samples, snapshot.windowMs, snapshot.at);
  return `, n=${formatCount(Number.isNaN(count) ? 0 : count)}`;
}
