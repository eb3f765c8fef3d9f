import type { Alert } from "../../core/alert.ts";
import type { Measure } from "../../core/measure.ts";
import { formatDuration } from "../../core/text.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import { isActive } from "../alerts/style.ts";
import { lastCauseOf, subjectOf } from "../alerts/subject.ts";
import { axisText, scaleOf } from "../charts/axis.ts";
import { axisIndent, GUTTER } from "../charts/axis-cells.ts";
import { chartLines } from "../charts/chart.ts";
import { faultMarks } from "../charts/fault-marks.ts";
import { measureColumns } from "../charts/measure-columns.ts";
import { columnOf, type TimeSpan, timeLabels } from "../charts/time-axis.ts";
import { timeGrid } from "../charts/time-grid.ts";
import { ZOOMS } from "../state.ts";
import { type Line, type Role, span } from "../text/line.ts";
import { emptyRows } from "../text/rows.ts";
import { columnRole, headlineOf, kindOf, measureOf, titleWithUnit } from "../text/values.ts";
import type { View } from "../view.ts";
import type { PanelInstance, PanelKind } from "./types.ts";

interface Charted {
  readonly alert: Alert;
  readonly entity: EntitySnapshot;
  readonly measure: Measure;
  /** The last instant that is shown, ms since the epoch, and the time before it, ms. */
  readonly until: number;
  readonly lastMs: number;
}

/** The measure of an alert around the moment at which it fired, with its transitions below. */
export const alertChart: PanelKind = {
  kind: "alert-chart",
  description: "the measure of an alert around the moment; option follows: the id of the list it follows",
  title(view, panel) {
    const drawn = chartedOf(view, panel);
    if (drawn === undefined) return "chart of the alert";
    return `${drawn.entity.name} ${titleWithUnit(drawn.measure)}, ${formatDuration(drawn.lastMs)} around the alert`;
  },
  paint(view, size, panel) {
    const drawn = chartedOf(view, panel);
    if (drawn === undefined)
      return emptyRows("no alert of a monitored entity is selected: charts its measure", size);
    const columns = size.width - GUTTER;
    const rows = size.height - 4;
    if (columns < 10 || rows < 2) return emptyRows("too small for a chart", size);
    const { alert, entity, measure, until, lastMs } = drawn;
    const grid = timeGrid(until, lastMs, columns);
    const shown = until < view.snapshot.at ? pastView(view, until) : view;
    const { values, weak } = measureColumns(shown, entityAt(shown, entity, until), measure, grid);
    const known = values.filter((value) => !Number.isNaN(value));
    if (known.length === 0) return emptyRows(`${measure.title} has no data for this time`, size);
    const scale = scaleOf(measure, Math.max(...known), rows, Math.min(...known));
    const role = (value: number, column: number) =>
      columnRole(value, weak[column] === 1, entity.limits[measure.id], measure);
    const lines: Line[] = [
      ...chartLines(
        values,
        rows,
        scale,
        (value) => axisText(value, measure.unit, measure.top),
        role,
        view.glyphs,
      ),
      [...axisIndent(), ...transitionMarks(view, alert, grid.time)],
      [...axisIndent(), ...faultMarks(view, entity.name, grid.time)],
      [...axisIndent(), span(timeLabels(grid.time), "dim")],
    ];
    return lines.map((line) => ({ line }));
  },
};

/** Shown after its end. */
const AFTER_SHARE = 0.25;
const LEAST_AFTER_MS = 15_000;

function chartedOf(view: View, panel: PanelInstance): Charted | undefined {
  const subject = subjectOf(view, panel);
  if (subject === undefined) return undefined;
  const alert = subject.type === "alert" ? subject.alert : lastCauseOf(view, subject.incident);
  const entity = alert && view.snapshot.entities.find(({ name }) => name === alert.entity);
  if (alert === undefined || entity === undefined) return undefined;
  const kind = kindOf(view, entity);
  const measure = (alert.measure && measureOf(kind, alert.measure)) || headlineOf(kind);
  const { at } = view.snapshot;
  const end = isActive(alert) ? at : (alert.resolvedAt ?? at);
  const lasted = end - alert.startedAt;
  const until = Math.min(at, end + Math.max(LEAST_AFTER_MS, lasted * AFTER_SHARE));
  // So that the time before the breach is visible too.
  const wanted = Math.max(ZOOMS[view.ui.zoomIndex]!, (until - alert.startedAt) * 1.3);
  return { alert, entity, measure, until, lastMs: ZOOMS.find((zoom) => zoom >= wanted) ?? ZOOMS.at(-1)! };
}

/** A view of an earlier instant, for charts: they show nothing that is newer. */
function pastView(view: View, at: number): View {
  return { ...view, snapshot: { ...view.snapshot, at } };
}

/** The newest column of a chart includes the value in the table: that of the instant, not of now. */
function entityAt(view: View, entity: EntitySnapshot, at: number): EntitySnapshot {
  return at === view.snapshot.at && view.history
    ? { ...entity, values: view.history.values(entity.name, entity.windowMs, at) }
    : entity;
}

interface Sign {
  readonly text: string;
  readonly role: Role;
}

/** One row under the chart: when the breach began, the alert fired, was acknowledged and ended. */
function transitionMarks(view: View, alert: Alert, time: TimeSpan): Line {
  const { glyphs } = view;
  const signs: Readonly<Record<string, Sign>> = {
    pending: { text: glyphs.middot, role: "dim" },
    fired: { text: glyphs.critical, role: "critical" },
    escalated: { text: glyphs.ascending, role: "critical" },
    acknowledged: { text: "a", role: "accent" },
    resolved: { text: glyphs.resolved, role: "healthy" },
  };
  const row = Array<Sign>(time.columns).fill({ text: " ", role: "text" });
  for (const { type, at } of view.history.alertTimeline(alert.fingerprint, view.at)) {
    const sign = signs[type];
    const column = columnOf(at, time);
    if (sign !== undefined && column >= 0 && column < time.columns) row[column] = sign;
  }
  return row.map(({ text, role }) => span(text, role));
}
