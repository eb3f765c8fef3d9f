/** Minimum and maximum of each column; NaN without known samples. */
export interface Extremes {
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/**
 * Divides samples into `columns` runs of equal length and keeps the minimum and maximum of each. Unlike with
 * a mean or every n-th sample, a spike of one sample stays visible. NaN samples are ignored.
 */
export function minMaxPerColumn(samples: ArrayLike<number>, columns: number): Extremes {
  const min = new Float64Array(columns).fill(Number.NaN);
  const max = new Float64Array(columns).fill(Number.NaN);
  for (let index = 0; index < samples.length; index++) {
    const value = samples[index]!;
    if (Number.isNaN(value)) continue;
    const column = Math.floor((index * columns) / samples.length);
    // Comparisons with NaN are false, so the first known sample of a column is always taken.
    if (!(min[column]! <= value)) min[column] = value;
    if (!(max[column]! >= value)) max[column] = value;
  }
  return { min, max };
}
