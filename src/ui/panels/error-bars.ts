import { formatDuration } from "../../core/text.ts";
import type { ServiceSnapshot } from "../../monitor/types.ts";
import { formatRound } from "../charts/axis.ts";
import { type Bars, paintBars } from "../charts/bar-chart.ts";
import { minMaxPerColumn } from "../charts/downsample.ts";
import type { TimeGrid } from "../charts/time-grid.ts";
import { ZOOMS } from "../state.ts";
import { errorRateRole } from "../text/error-role.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** The past is kept by the second at best, and so many looks at it are enough for any zoom. */
const FINEST_MS = 1000;
const MOST_SAMPLES = 1440;

/** The error rate of the selected service over time, as bars. */
export const errorBars: PanelKind = {
  kind: "error-bars",
  title({ selected, ui }) {
    const name = selected ? `${selected.name} ` : "";
    return `${name}error rate (%), worst of each step, last ${formatDuration(ZOOMS[ui.zoomIndex]!)}`;
  },
  paint: (view, size) =>
    paintBars(view, size, (service) => barsOf(view, service), "no service: its error rate would be here"),
};

function barsOf(view: View, { thresholds }: ServiceSnapshot): Bars {
  return {
    values: (service, grid) => worstRates(view, service, grid),
    least: thresholds.error_rate_critical,
    // The axis has round steps and may end above all of it; there is no rate to be read up there.
    label: (rate) => (rate > 1 + 1e-9 ? "" : `${formatRound(rate * 100)}%`),
    role(rate) {
      const limit = errorRateRole(rate, thresholds);
      return limit === "text" ? "mark" : limit;
    },
    empty: "no requests in this time: their error rate would be here",
  };
}

/**
 * The highest error rate in each column. A sample is the rolling rate that health is judged by, so that a
 * bar beyond a limit is one that was judged so; samples lie at most a window apart, so no request falls
 * between two of them, and of the samples in a column the worst is drawn, however many others were fine.
 */
function worstRates({ snapshot }: View, service: ServiceSnapshot, { time, stepMs, newestFrom }: TimeGrid) {
  const { columns } = time;
  const finest = Math.max(FINEST_MS, (stepMs * columns) / MOST_SAMPLES);
  const each = Math.max(1, Math.ceil(stepMs / finest - 1e-9));
  const apart = stepMs / each;
  const windowMs = Math.max(service.stats.windowMs, apart);
  const rates = (from: number, to: number, points: number) =>
    snapshot.history.series(service.name, { metric: "error_rate", from, to, points, windowMs });
  const firstFrom = newestFrom - (columns - 1) * stepMs;
  const past = rates(firstFrom + apart, newestFrom, (columns - 1) * each);
  // The newest column has only begun: it tells the last whole step up to now.
  const newest = rates(snapshot.at - stepMs + apart, snapshot.at, each);
  return minMaxPerColumn([...past, ...newest], columns).max;
}
