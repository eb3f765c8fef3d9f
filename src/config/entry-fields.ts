import { lazy } from "../core/lazy.ts";
import { entityLabels } from "../core/names.ts";
import { duration, HOUR_MS, MINUTE_MS } from "../core/quantity.ts";

/** A duration in whole ms, because fractions would drift over millions of ticks. */
function wholeMs(minMs: number, maxMs: number) {
  return duration(minMs, maxMs).transform(Math.round);
}

/** The evaluation interval. */
export const tickSchema = lazy(() => wholeMs(100, MINUTE_MS));

/** The window of values. Longer spans are read from the history. */
export const windowSchema = lazy(() => wholeMs(1000, HOUR_MS));

/** The common keys of entries of `services` and `worlds`. */
export const entryFields = lazy(() => ({
  labels: entityLabels().prefault({}).describe("free-form labels, such as endpoint, region or team"),
  window: windowSchema()
    .optional()
    .describe(
      "window of its values, health and alerts; default: the top-level window, at least 20 observations",
    ),
}));
