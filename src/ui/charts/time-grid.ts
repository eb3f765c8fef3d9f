import type { TimeSpan } from "./time-axis.ts";

/** Time divided into equal steps, one per column. */
export interface TimeGrid {
  /** The times of the column ends; the last can be in the future, by less than a step. */
  readonly time: TimeSpan;
  /** ms */
  readonly stepMs: number;
  /** The start of the newest column, ms since the epoch; always before now. */
  readonly newestFrom: number;
  /** The step number of the newest column since the epoch. */
  readonly newest: number;
}

/**
 * The last `zoomMs` up to `at` on `columns` columns. The steps are on a fixed time grid, so that charts move
 * by whole columns; the newest column is incomplete. Read nothing beyond `at`: a paused screen must not show
 * later values.
 */
export function timeGrid(at: number, zoomMs: number, columns: number): TimeGrid {
  const stepMs = zoomMs / columns;
  const newest = Math.ceil(at / stepMs);
  const to = newest * stepMs;
  return {
    time: { from: to - (columns - 1) * stepMs, to, columns },
    stepMs,
    newestFrom: (newest - 1) * stepMs,
    newest,
  };
}

/**
 * The end of each column, but not later than now, ms since the epoch. The same step always has the same end.
 */
export function columnEnds({ time, stepMs, newest }: TimeGrid, at: number): readonly number[] {
  const first = newest - time.columns + 1;
  return Array.from({ length: time.columns }, (_, column) => Math.min(at, (first + column) * stepMs));
}
