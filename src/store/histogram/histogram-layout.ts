/**
 * The buckets of a histogram: log-linear, 64 equal steps an octave, from 2^-10 to 2^22 of the metric's unit
 * (for ms: about 1 us to 1.2 h). The number of a bucket is cut from the bits of the value: the exponent and
 * the first six bits of the mantissa (the layout of HdrHistogram, here without a logarithm or a loop).
 *
 * Numbers are arranged so that `index >> 6` is the octave. Octave 0 holds one bucket, for everything below
 * the range; octave 33 holds one, for everything above it.
 */
export const SUB_BUCKETS = 64;
export const OCTAVES = 34;
export const BUCKETS = OCTAVES * SUB_BUCKETS;

/** The range in which a percentile is within 1 %: LOWEST <= value <= HIGHEST. */
export const LOWEST = 2 ** -10;
export const HIGHEST = 2 ** 22;

/** The bucket of values up to LOWEST, and the one of those above HIGHEST. */
export const BELOW = SUB_BUCKETS - 1;
export const ABOVE = (OCTAVES - 1) * SUB_BUCKETS;

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);
const HIGH_WORD = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;
/** Times this, a number is the one before it: an edge belongs to the bucket below. */
const BEFORE = 1 - 2 ** -53;
/** The leading bits of LOWEST, moved so that its bucket is the first of octave 1. */
const SHIFT = (1023 - 10) * SUB_BUCKETS - SUB_BUCKETS;

/**
 * The bucket of a value, which must be >= 0. A bucket includes its upper edge, as those of Prometheus do: round
 * limits (500 ms, 1 s) are edges, and a value at its limit is within it.
 */
export function bucketIndex(value: number): number {
  // Adding 0 turns -0, whose sign bit would read as a huge number, into 0.
  number[0] = (value + 0) * BEFORE;
  const index = (words[HIGH_WORD]! >>> 14) - SHIFT;
  if (index < SUB_BUCKETS) return BELOW;
  return index > ABOVE ? ABOVE : index;
}

/** The value above which a bucket begins. */
export function bucketLow(index: number): number {
  if (index <= BELOW) return 0;
  return LOWEST * 2 ** ((index >> 6) - 1) * (1 + (index & (SUB_BUCKETS - 1)) / SUB_BUCKETS);
}

/** The highest value that falls into a bucket. */
export function bucketHigh(index: number): number {
  return index >= ABOVE ? Number.POSITIVE_INFINITY : bucketLow(index + 1);
}

/** The steps are the same in each octave, so one of them is computed and scaled by powers of two, exactly. */
const representatives = new Float64Array(BUCKETS).fill(Number.POSITIVE_INFINITY, ABOVE);
for (let step = 0; step < SUB_BUCKETS; step++) {
  const low = bucketLow(SUB_BUCKETS + step);
  const high = bucketHigh(SUB_BUCKETS + step);
  let value = (2 * low * high) / (low + high);
  for (let index = SUB_BUCKETS + step; index < ABOVE; index += SUB_BUCKETS) {
    representatives[index] = value;
    value *= 2;
  }
}

/**
 * The value that represents a bucket: the harmonic mean of its edges, which makes the relative error equal at
 * both, (high - low) / (high + low) <= 1/129 = 0.775 %. Below the range it is 0, which most values there are, and
 * above it infinity: the caller clamps the answer to the smallest and largest value seen.
 */
export function representative(index: number): number {
  return representatives[index]!;
}
