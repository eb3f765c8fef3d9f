import type { Measure } from "../../core/measure.ts";
import type { Unit } from "../../core/metric.ts";
import { axisText, scaleOf } from "./axis.ts";
import { classBounds, leastOf } from "./value-classes.ts";

/** A vertical axis for several lines. */
export interface ValueAxis {
  /** Rows above the ground, 0 to `rows`, not rounded; what lies beyond the axis stands at its end. NaN stays NaN. */
  position(value: number): number;
  /** The value that a row (0: the ground) stands for. */
  valueAt(row: number): number;
  /** The round number in a row, "" where there is none. */
  labelAt(row: number): string;
}

/** Units whose values differ by factors: lines of 30 ms and of 3 s are read side by side. */
const BY_FACTORS: ReadonlySet<Unit> = new Set(["ms", "duration", "bytes", "bytes_per_second"]);

/**
 * The axis that suits a measure on `rows + 1` rows. For times and sizes it is one of equal factors that reaches to
 * the limits: a fault has somewhere to rise to, and the axis rarely changes. Otherwise it has equal steps, on
 * which calm values below a far limit would be one flat line.
 * @param values what is drawn, at least one and none NaN
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

/** The least that is distinguished. */
const LEAST = 0.001;

/** Rungs on which an axis may begin: few, so that it rarely changes. */
const GROUNDS = [5, 2, 1] as const;

/** An axis on which equal factors are equally far apart, on `rows + 1` rows that hold low..high. */
export function logAxis(low: number, high: number, rows: number, unit: Unit = "ms"): ValueAxis {
  const ground = groundOf(Math.max(LEAST, low));
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
    // Many labels are no help: on a high chart every other row, counted from the ground, goes without.
    labelAt: (row) =>
      rows > 8 && row % 2 === 1 ? "" : axisText(min + row * step, measure.unit, measure.top),
  };
}

function groundOf(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const rung = GROUNDS.find((factor) => factor * power <= value * (1 + 1e-9)) ?? 1;
  return Number((rung * power).toPrecision(3));
}
