import { duration } from "../core/quantity.ts";
import { formatDuration } from "../core/text.ts";

/**
 * A duration within limits, in whole ms: ticks are added up by the million, and fractions would drift.
 * The upper limit also keeps timers from overflowing, which they do at 24 days.
 */
function wholeMs(minMs: number, maxMs: number) {
  return duration(minMs)
    .refine((ms) => ms <= maxMs, `must be at most ${formatDuration(maxMs)}`)
    .transform(Math.round);
}

/** How often everything is looked at. A slower tick would be no monitor. */
export const tickSchema = wholeMs(100, 60_000);

/** The window numbers speak of. Longer than an hour is what history is for. */
export const windowSchema = wholeMs(1000, 3_600_000);
