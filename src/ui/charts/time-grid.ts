import type { TimeSpan } from "./time-axis.ts";

/** Time cut into equal steps, one a column. */
export interface TimeGrid {
  /** What the columns' ends stand for; the last may lie in the future, by less than a step. */
  readonly time: TimeSpan;
  /** ms */
  readonly stepMs: number;
  /** Where the newest column begins, ms since the epoch: always before now. */
  readonly newestFrom: number;
  /** Which step since the epoch the newest column is. */
  readonly newest: number;
}

/**
 * The last `zoomMs` up to `at` on `columns` columns. The steps lie on a fixed grid of time, so that what is
 * drawn moves on by whole columns; the newest column is still filling up. Read nothing of it beyond `at`: on
 * a screen that has gone back, that would show what is to come.
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

/** The last instant of each column that has been, ms since the epoch. The same step always has the same end. */
export function columnEnds({ time, stepMs, newest }: TimeGrid, at: number): readonly number[] {
  const first = newest - time.columns + 1;
  return Array.from({ length: time.columns }, (_, column) => Math.min(at, (first + column) * stepMs));
}
