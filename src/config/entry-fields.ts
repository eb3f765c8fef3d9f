import { entityLabels } from "../core/names.ts";
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

/** How often everything is evaluated. */
export const tickSchema = wholeMs(100, 60_000);

/** The window that values cover. Longer spans are read from the history. */
export const windowSchema = wholeMs(1000, 3_600_000);

/** What entries of `services` and `worlds` have in common. */
export const entryFields = {
  labels: entityLabels.prefault({}).describe("free-form labels, such as endpoint, region or team"),
  window: windowSchema
    .optional()
    .describe(
      "window that its values, health and alerts cover; default: the top-level window, at least 20 observations",
    ),
};
