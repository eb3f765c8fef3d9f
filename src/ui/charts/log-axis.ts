import { formatMs } from "../../core/text.ts";
import { latencyBounds } from "./latency-classes.ts";

/** A vertical axis on which equal factors are equally far apart: lines of 30 ms and of 3 s are read side by side. */
export interface LogAxis {
  /** Rows above the ground, 0 to `rows`, not rounded; what lies beyond the axis stands at its end. NaN stays NaN. */
  position(ms: number): number;
  /** The latency that a row (0: the ground) stands for, ms. */
  valueAt(row: number): number;
  /** The round number in a row, "" where there is none. */
  labelAt(row: number): string;
}

/** The least that is told apart, ms. */
const LEAST_MS = 0.001;

/** Rungs on which an axis may begin: few, so that it rarely changes. */
const GROUNDS = [5, 2, 1] as const;

/** An axis on `rows + 1` rows that holds lowMs..highMs, with labels at round numbers. */
export function logAxis(lowMs: number, highMs: number, rows: number): LogAxis {
  const low = groundOf(Math.max(LEAST_MS, lowMs));
  const bounds = latencyBounds(low, Math.max(low, highMs), rows);
  const steps = bounds.length - 1;
  const perStep = rows / steps;
  const labels = new Map(bounds.map((bound, step) => [Math.round(step * perStep), formatMs(bound)]));
  return {
    position(ms) {
      if (Number.isNaN(ms)) return ms;
      if (ms <= bounds[0]!) return 0;
      if (ms >= bounds[steps]!) return rows;
      const step = bounds.findLastIndex((bound) => bound <= ms);
      return (step + Math.log(ms / bounds[step]!) / Math.log(bounds[step + 1]! / bounds[step]!)) * perStep;
    },
    valueAt(row) {
      const step = Math.min(steps - 1, Math.floor(row / perStep));
      return bounds[step]! * (bounds[step + 1]! / bounds[step]!) ** (row / perStep - step);
    },
    labelAt: (row) => labels.get(row) ?? "",
  };
}

function groundOf(ms: number): number {
  const power = 10 ** Math.floor(Math.log10(ms));
  const rung = GROUNDS.find((factor) => factor * power <= ms * (1 + 1e-9)) ?? 1;
  return Number((rung * power).toPrecision(3));
}
