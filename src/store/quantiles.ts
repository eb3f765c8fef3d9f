import { OCTAVES, representative, SUB_BUCKETS } from "./histogram-layout.ts";

/** Anything that can be asked how many latencies fell into a bucket. */
export interface Counts {
  countAt(index: number): number;
  /** Adds the number of latencies in each octave to `target`, which has OCTAVES elements. */
  addOctaves(target: Float64Array): void;
}

const octaves = new Float64Array(OCTAVES);

/**
 * Percentiles of the latencies in `window` and `open` together: the bucket that holds the value of rank
 * ceil(percent * n / 100) (nearest rank, 1-based). Whole octaves are skipped by their sums.
 * @param percents rising, each in (0, 100]
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
  let index = -1;
  let upToIndex = 0;
  for (let nth = 0; nth < percents.length; nth++) {
    // percent * total is whole, so the division cannot push a whole rank over the next whole number.
    const rank = Math.max(1, Math.ceil((percents[nth]! * total) / 100));
    while (beforeOctave + octaves[octave]! < rank) {
      beforeOctave += octaves[octave++]!;
      index = octave * SUB_BUCKETS - 1;
      upToIndex = beforeOctave;
    }
    while (upToIndex < rank) {
      index += 1;
      upToIndex += window.countAt(index);
      if (open !== undefined) upToIndex += open.countAt(index);
    }
    out[nth] = representative(index);
  }
  return total;
}
