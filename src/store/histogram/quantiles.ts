import type { Histogram } from "./histogram.ts";
import { OCTAVES, representative, SUB_BUCKETS } from "./histogram-layout.ts";

/** Counts that are added to those of a window. */
export interface Counts {
  /** Adds the number of values in each octave to `target`, which has OCTAVES elements. */
  addOctaves(target: Float64Array): void;
  /** Writes the number of values in each bucket of an octave to `target`, which has SUB_BUCKETS elements. */
  readOctave(octave: number, target: Uint32Array): void;
}

const opened = new Float64Array(OCTAVES);
const openBuckets: Uint32Array = new Uint32Array(SUB_BUCKETS);
/** The counts of an octave that a histogram does not have. */
const EMPTY: Uint32Array = new Uint32Array(SUB_BUCKETS);

/**
 * Percentiles of the values in `window` and `open` together: the bucket that holds the value of rank
 * ceil(percent * n / 100) (nearest rank, 1-based). Whole octaves are skipped by their sums.
 * @param percents rising, each in (0, 100] and with one decimal at most
 * @param out gets one value for each percent, not yet clamped to the window's extremes
 * @returns n; with 0 nothing was written
 */
export function quantiles(
  window: Histogram,
  open: Counts | undefined,
  percents: readonly number[],
  out: Float64Array,
): number {
  // Not `fill`: a call into the engine costs more than the loop, here and below.
  for (let octave = 0; octave < OCTAVES; octave++) opened[octave] = 0;
  open?.addOctaves(opened);
  const closed = window.octaves;
  let octave = 0;
  while (octave < OCTAVES && closed[octave]! + opened[octave]! === 0) octave += 1;
  let total = 0;
  for (let nth = octave; nth < OCTAVES; nth++) total += closed[nth]! + opened[nth]!;
  if (total === 0) return 0;

  let beforeOctave = 0;
  let loaded = -1;
  let bucket = 0;
  let upToBucket = 0;
  // The window's counts are read where they are: most are passed only until the rank is reached.
  let counts = EMPTY;
  const buckets = open === undefined ? EMPTY : openBuckets;
  let first = 0;
  for (let nth = 0; nth < percents.length; nth++) {
    // Tenths of a percent are whole numbers, so the division cannot push a whole rank over the next one.
    const rank = Math.max(1, Math.ceil((Math.round(percents[nth]! * 10) * total) / 1000));
    for (;;) {
      const after = beforeOctave + closed[octave]! + opened[octave]!;
      if (after >= rank) break;
      beforeOctave = after;
      octave += 1;
    }
    if (octave !== loaded) {
      open?.readOctave(octave, buckets);
      const kept = closed[octave] !== 0;
      counts = kept ? window.counts : EMPTY;
      first = kept ? octave * SUB_BUCKETS + window.origin : 0;
      loaded = octave;
      bucket = 0;
      upToBucket = beforeOctave + buckets[0]! + counts[first]!;
    }
    while (upToBucket < rank) {
      bucket += 1;
      upToBucket += buckets[bucket]! + counts[first + bucket]!;
    }
    out[nth] = representative(octave * SUB_BUCKETS + bucket);
  }
  return total;
}
