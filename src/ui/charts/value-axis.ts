import type { Measure } from "../../core/measure.ts";
import type { Unit } from "../../core/metric.ts";
import { axisText, scaleOf } from "./axis.ts";
import { labelEvery } from "./chart.ts";
import { classBounds, leastOf } from "./value-classes.ts";

/** A vertical axis for several lines. */
export interface ValueAxis {
  /** Rows above the bottom, 0 to `rows`, not rounded; values beyond the axis are clamped. NaN stays NaN. */
  position(value: number): number;
  /** The value of a row (0: the bottom). */
  valueAt(row: number): number;
  /** The label of a row, "" for none. */
  labelAt(row: number): string;
}

/** Units with values of different magnitudes: lines of 30 ms and of 3 s share a chart. */
const BY_FACTORS: ReadonlySet<Unit> = new Set(["ms", "duration", "bytes", "bytes_per_second"]);

/**
 * The axis of a measure on `rows + 1` rows. Times and sizes get a logarithmic axis that includes the limits,
 * so that it rarely changes. Other units get a linear axis without the limits, where values far below a
 * limit would be one flat line.
 * @param values the drawn values, at least one and none NaN
 */
export function axisFor(
  measure: Measure,
  values: readonly number[],
  limits: readonly number[],
  rows: number,
): ValueAxis {
  if (!BY_FACTORS.has(measure.unit)) {
    return linearAxis(measure, Math.min(...values), Math.max(...values), rows);
  }
  const low = values.reduce((least, value) => (value > 0 && value < least ? value : least), Number.MAX_VALUE);
  const high = Math.max(...values, ...limits, leastOf(measure.unit));
  return logAxis(Math.max(leastOf(measure.unit), Math.min(low, high)), high, rows, measure.unit);
}

/** The smallest distinguished value. */
const LEAST = 0.001;

/** Possible starts of an axis: few, so that it rarely changes. */
const AXIS_STARTS = [5, 2, 1] as const;

/** A logarithmic axis on `rows + 1` rows that covers low..high. */
export function logAxis(low: number, high: number, rows: number, unit: Unit = "ms"): ValueAxis {
  const ground = axisStart(Math.max(LEAST, low));
  const bounds = classBounds(ground, Math.max(ground, high), rows, unit);
  const steps = bounds.length - 1;
  const perStep = rows / steps;
  const labels = new Map(bounds.map((bound, step) => [Math.round(step * perStep), axisText(bound, unit)]));
  return {
    position(value) {
      if (Number.isNaN(value)) return value;
      if (value <= bounds[0]!) return 0;
      if (value >= bounds[steps]!) return rows;
      const step = bounds.findLastIndex((bound) => bound <= value);
      return (step + Math.log(value / bounds[step]!) / Math.log(bounds[step + 1]! / bounds[step]!)) * perStep;
    },
    valueAt(row) {
      const step = Math.min(steps - 1, Math.floor(row / perStep));
      return bounds[step]! * (bounds[step + 1]! / bounds[step]!) ** (row / perStep - step);
    },
    labelAt: (row) => labels.get(row) ?? "",
  };
}

function linearAxis(measure: Measure, low: number, high: number, rows: number): ValueAxis {
  const { min, max, step } = scaleOf(measure, high, rows, low);
  return {
    position: (value) => (Math.min(max, Math.max(min, value)) - min) / step,
    valueAt: (row) => min + row * step,
    labelAt: (row) =>
      row % labelEvery(rows) === 0 ? axisText(min + row * step, measure.unit, measure.top) : "",
  };
}

function axisStart(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = AXIS_STARTS.find((factor) => factor * power <= value * (1 + 1e-9)) ?? 1;
  return Number((step * power).toPrecision(3));
}
