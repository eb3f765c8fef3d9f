import { formatDuration } from "../../core/text.ts";
import type { ServiceSnapshot } from "../../monitor/types.ts";
import { formatRound } from "../charts/axis.ts";
import { paintBars } from "../charts/bar-chart.ts";
import type { TimeGrid } from "../charts/time-grid.ts";
import { ZOOMS } from "../state.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** The open second is partly empty; over two of them that does not read as a drop. */
const LEAST_WINDOW_MS = 2000;

/** The requests per second of the selected service over time, as bars. */
export const throughputBars: PanelKind = {
  kind: "throughput-bars",
  title({ selected, ui }) {
    const name = selected ? `${selected.name} ` : "";
    return `${name}requests/s, mean of each step, last ${formatDuration(ZOOMS[ui.zoomIndex]!)}`;
  },
  paint: (view, size) =>
    paintBars(
      view,
      size,
      () => ({
        values: (service, grid) => meanRates(view, service, grid),
        least: 1,
        label: formatRound,
        role: () => "mark",
        empty: "not watched in this time: requests per second would be here",
      }),
      "no service: its requests per second would be here",
    ),
};

/**
 * The mean rate of each column: its requests divided by its length. For a rate the mean is the honest
 * choice: times the length it gives back the requests that came, so bars of any zoom add up to the same
 * sum. The maximum would only say how unevenly the requests fell into the finest slots, and more so the
 * farther one zooms out.
 */
function meanRates(
  { snapshot }: View,
  service: ServiceSnapshot,
  { time: { columns }, stepMs, newestFrom }: TimeGrid,
) {
  const windowMs = Math.max(LEAST_WINDOW_MS, stepMs);
  const rates = (from: number, to: number, points: number) =>
    snapshot.history.series(service.name, { metric: "rate", from, to, points, windowMs });
  const past = rates(newestFrom - (columns - 2) * stepMs, newestFrom, columns - 1);
  // The newest column has only begun: it tells the last whole step up to now.
  return [...past, ...rates(snapshot.at, snapshot.at, 1)];
}
