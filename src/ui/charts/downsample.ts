/** The lowest and the highest sample of each column; NaN where none is known. */
export interface Extremes {
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/**
 * Gathers samples into `columns` runs of equal length, in order, and keeps the extremes of each: unlike a
 * mean, or every n-th sample, a spike of one sample is still seen. NaN samples are unknown and left out.
 */
export function minMaxPerColumn(samples: ArrayLike<number>, columns: number): Extremes {
  const min = new Float64Array(columns).fill(Number.NaN);
  const max = new Float64Array(columns).fill(Number.NaN);
  for (let index = 0; index < samples.length; index++) {
    const value = samples[index]!;
    if (Number.isNaN(value)) continue;
    const column = Math.floor((index * columns) / samples.length);
    // Comparisons with NaN are false: the first known sample of a column always gets in.
    if (!(min[column]! <= value)) min[column] = value;
    if (!(max[column]! >= value)) max[column] = value;
  }
  return { min, max };
}
