import { lazy } from "../core/lazy.ts";
import { entityLabels } from "../core/names.ts";
import { duration } from "../core/quantity.ts";
import { formatDuration } from "../core/text.ts";

/**
 * A duration within limits, in whole ms, because fractions would drift over millions of ticks. The maximum
 * also prevents timer overflow, which happens at 24 days.
 */
function wholeMs(minMs: number, maxMs: number) {
  return duration(minMs)
    .refine((ms) => ms <= maxMs, `must be at most ${formatDuration(maxMs)}`)
    .transform(Math.round);
}

/** The evaluation interval. */
export const tickSchema = lazy(() => wholeMs(100, 60_000));

/** The window of values. Longer spans are read from the history. */
export const windowSchema = lazy(() => wholeMs(1000, 3_600_000));

/** The common keys of entries of `services` and `worlds`. */
export const entryFields = lazy(() => ({
  labels: entityLabels().prefault({}).describe("free-form labels, such as endpoint, region or team"),
  window: windowSchema()
    .optional()
    .describe(
      "window of its values, health and alerts; default: the top-level window, at least 20 observations",
    ),
}));
