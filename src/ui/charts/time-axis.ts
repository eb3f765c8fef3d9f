import { formatTime } from "../../core/text.ts";
import type { Glyphs } from "../../terminal/glyphs.ts";
import { type Line, type Span, span } from "../text/line.ts";

/** Common distances between time labels, ms. */
const LABEL_STEPS = [5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200].map(
  (seconds) => seconds * 1000,
);
const LABEL_WIDTH = 8;

/**
 * A time range on `columns` columns: `from` is the end of the first one and `to` that of the last. A column
 * covers the step up to its end, the end included. ms since the epoch.
 */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
  readonly columns: number;
}

/** An instant that is the end of a column but for a rounding error does not belong to the next, ms. */
const ROUNDING_MS = 0.002;

/** The column that contains an instant; below 0 or beyond the last if it is not on the axis. */
export function columnOf(at: number, { from, to, columns }: TimeSpan): number {
  if (columns < 2) return at - ROUNDING_MS > to ? 1 : 0;
  // Adding 0 turns -0 into 0.
  return Math.ceil(((at - ROUNDING_MS - from) / (to - from)) * (columns - 1)) + 0;
}

/** Labels at round times, as many as fit with space between them. */
export function timeLabels(time: TimeSpan): string {
  const perColumn = (time.to - time.from) / Math.max(1, time.columns - 1);
  const step = LABEL_STEPS.find((ms) => ms / perColumn >= LABEL_WIDTH * 1.75) ?? LABEL_STEPS.at(-1)!;
  // Round in the local time zone: half-hour zones exist.
  const zone = new Date(time.to).getTimezoneOffset() * 60_000;
  const row = Array<string>(time.columns).fill(" ");
  for (let at = Math.ceil((time.from - zone) / step) * step + zone; at <= time.to; at += step) {
    const start = columnOf(at, time) - LABEL_WIDTH / 2;
    if (start < 0 || start + LABEL_WIDTH > time.columns) continue;
    // Whole minutes need no seconds.
    const label = step < 60_000 ? formatTime(at) : ` ${formatTime(at).slice(0, 5)}  `;
    for (const [index, sign] of [...label].entries()) row[start + index] = sign;
  }
  return row.join("");
}

/** A time range: from its start to its end, or until now. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  /** The entity, in a chart with several: a letter right of the first symbol. */
  readonly letter?: string | undefined;
}

/** One row under a chart: a symbol where each fault started and a line while it was active. */
export function markRow(marks: readonly Mark[], time: TimeSpan, glyphs: Glyphs): Line {
  const row = Array<string>(time.columns).fill(" ");
  for (const mark of marks) {
    const start = columnOf(mark.from, time);
    const end = Math.min(time.columns - 1, columnOf(mark.to, time));
    for (let column = Math.max(0, start); column <= end; column++) row[column] = glyphs.box.horizontal;
    if (start >= 0 && start < time.columns) row[start] = glyphs.fault;
    if (mark.letter && start >= 0 && start + 1 < time.columns) row[start + 1] = mark.letter;
  }
  const spans: Span[] = [span(row.join(""), "fault")];
  return spans;
}
