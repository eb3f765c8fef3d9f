import { OCTAVES, representative, SUB_BUCKETS } from "./histogram-layout.ts";

/** Anything that can be asked how many latencies fell into its buckets. */
export interface Counts {
  /** Adds the number of latencies in each octave to `target`, which has OCTAVES elements. */
  addOctaves(target: Float64Array): void;
  /** Adds the number of latencies in each bucket of an octave to `target`, which has SUB_BUCKETS elements. */
  addOctave(octave: number, target: Uint32Array): void;
}

const octaves = new Float64Array(OCTAVES);
const buckets = new Uint32Array(SUB_BUCKETS);

/**
 * Percentiles of the latencies in `window` and `open` together: the bucket that holds the value of rank
 * ceil(percent * n / 100) (nearest rank, 1-based). Whole octaves are skipped by their sums.
 * @param percents rising, each in (0, 100] and with one decimal at most
 * @param out gets one latency in ms for each percent, not yet clamped to the window's extremes
 * @returns n; with 0 nothing was written
 */
export function quantiles(
  window: Counts,
  open: Counts | undefined,
  percents: readonly number[],
  out: Float64Array,
): number {
  octaves.fill(0);
  window.addOctaves(octaves);
  open?.addOctaves(octaves);
  let total = 0;
  for (let octave = 0; octave < OCTAVES; octave++) total += octaves[octave]!;
  if (total === 0) return 0;

  let octave = 0;
  let beforeOctave = 0;
  let loaded = -1;
  let bucket = 0;
  let upToBucket = 0;
  for (let nth = 0; nth < percents.length; nth++) {
    // Tenths of a percent are whole numbers, so the division cannot push a whole rank over the next one.
    const rank = Math.max(1, Math.ceil((Math.round(percents[nth]! * 10) * total) / 1000));
    while (beforeOctave + octaves[octave]! < rank) beforeOctave += octaves[octave++]!;
    if (octave !== loaded) {
      buckets.fill(0);
      window.addOctave(octave, buckets);
      open?.addOctave(octave, buckets);
      loaded = octave;
      bucket = 0;
      upToBucket = beforeOctave + buckets[0]!;
    }
    while (upToBucket < rank) upToBucket += buckets[++bucket]!;
    out[nth] = representative(octave * SUB_BUCKETS + bucket);
  }
  return total;
}
