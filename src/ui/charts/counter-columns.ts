import type { Snapshot } from "../../monitor/types.ts";
import type { GaugeColumns } from "./gauge-columns.ts";
import type { TimeGrid } from "./time-grid.ts";

/**
 * How much a counter grew a second in each column of a grid, in the shape of a gauge that knows no extremes
 * within a column; nothing that was told after `at` (ms since the epoch).
 */
export function counterColumns(
  history: Snapshot["history"],
  service: string,
  counter: string,
  { time, stepMs, newestFrom }: TimeGrid,
  at: number,
): GaugeColumns {
  const past = time.columns - 1;
  const line = new Float64Array(time.columns);
  const first = newestFrom - (past - 1) * stepMs;
  line.set(history.counterSeries(service, counter, first, newestFrom, past));
  // The newest column has only begun: it tells the last whole step up to now.
  line.set(history.counterSeries(service, counter, at - stepMs, at, 1), past);
  const known = line.filter((value) => !Number.isNaN(value));
  const whole =
    known.length === 0
      ? { min: Number.NaN, mean: Number.NaN, max: Number.NaN }
      : {
          min: Math.min(...known),
          mean: known.reduce((sum, rate) => sum + rate, 0) / known.length,
          max: Math.max(...known),
        };
  return { line, min: line, max: line, whole };
}
