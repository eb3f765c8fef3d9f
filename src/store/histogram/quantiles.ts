import type { Histogram } from "./histogram.ts";
import { OCTAVES, representative, SUB_BUCKETS } from "./histogram-layout.ts";

/** The counts of an octave that a histogram does not have. */
const EMPTY: Uint32Array = new Uint32Array(SUB_BUCKETS);

/**
 * Percentiles of the values in `window`: the bucket that holds the value of rank
 * ceil(percent * n / 100) (nearest rank, 1-based). Whole octaves are skipped by their sums.
 * @param percents rising, each in (0, 100] and with one decimal at most
 * @param out gets one value for each percent, not yet clamped to the window's extremes
 * @returns n; with 0 nothing was written
 */
export function quantiles(window: Histogram, percents: readonly number[], out: Float64Array): number {
  const closed = window.octaves;
  let octave = 0;
  while (octave < OCTAVES && closed[octave]! === 0) octave += 1;
  let total = 0;
  for (let nth = octave; nth < OCTAVES; nth++) total += closed[nth]!;
  if (total === 0) return 0;

  let beforeOctave = 0;
  let loaded = -1;
  let bucket = 0;
  let upToBucket = 0;
  // The window's counts are read where they are: most are passed only until the rank is reached.
  let counts = EMPTY;
  let first = 0;
  for (let nth = 0; nth < percents.length; nth++) {
    // Tenths of a percent are whole numbers, so the division cannot push a whole rank over the next one.
    const rank = Math.max(1, Math.ceil((Math.round(percents[nth]! * 10) * total) / 1000));
    for (;;) {
      const after = beforeOctave + closed[octave]!;
      if (after >= rank) break;
      beforeOctave = after;
      octave += 1;
    }
    if (octave !== loaded) {
      const kept = closed[octave] !== 0;
      counts = kept ? window.counts : EMPTY;
      first = kept ? octave * SUB_BUCKETS + window.origin : 0;
      loaded = octave;
      bucket = 0;
      upToBucket = beforeOctave + counts[first]!;
    }
    while (upToBucket < rank) {
      bucket += 1;
      upToBucket += counts[first + bucket]!;
    }
    out[nth] = representative(octave * SUB_BUCKETS + bucket);
  }
  return total;
}
