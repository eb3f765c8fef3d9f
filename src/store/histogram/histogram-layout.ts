/**
 * The buckets of a latency histogram: log-linear, 64 equal steps an octave, from 2^-10 ms (about 1 us) to
 * 2^22 ms (about 1.2 h). A bucket's number is cut straight from the bits of the number: the exponent and
 * the first six bits of the mantissa (the layout of HdrHistogram; here without a logarithm or a loop).
 *
 * Numbers are arranged so that `index >> 6` is the octave. Octave 0 holds one bucket, for everything below
 * the range; octave 33 holds one, for everything above it.
 */
export const SUB_BUCKETS = 64;
export const OCTAVES = 34;
export const BUCKETS = OCTAVES * SUB_BUCKETS;

/** The range in which a percentile is within 1 %: LOWEST_MS <= latency < HIGHEST_MS. */
export const LOWEST_MS = 2 ** -10;
export const HIGHEST_MS = 2 ** 22;

/** The bucket of latencies under LOWEST_MS, and the one of HIGHEST_MS and more. */
export const BELOW = SUB_BUCKETS - 1;
export const ABOVE = (OCTAVES - 1) * SUB_BUCKETS;

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);
const HIGH_WORD = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;
/** What the bits of LOWEST_MS say, moved so that its bucket is the first of octave 1. */
const SHIFT = (1023 - 10) * SUB_BUCKETS - SUB_BUCKETS;

/** The bucket of a latency in ms, which must be >= 0. */
export function bucketIndex(ms: number): number {
  // Adding 0 turns -0, whose sign bit would read as enormous, into 0.
  number[0] = ms + 0;
  const index = (words[HIGH_WORD]! >>> 14) - SHIFT;
  if (index < SUB_BUCKETS) return BELOW;
  return index > ABOVE ? ABOVE : index;
}

/** The lowest latency that falls into a bucket, ms. */
export function bucketLow(index: number): number {
  if (index <= BELOW) return 0;
  return LOWEST_MS * 2 ** ((index >> 6) - 1) * (1 + (index & (SUB_BUCKETS - 1)) / SUB_BUCKETS);
}

/** The latency at which the next bucket begins, ms. */
export function bucketHigh(index: number): number {
  return index >= ABOVE ? Number.POSITIVE_INFINITY : bucketLow(index + 1);
}

const representatives = Float64Array.from({ length: BUCKETS }, (_, index) => {
  if (index <= BELOW) return LOWEST_MS;
  if (index >= ABOVE) return Number.POSITIVE_INFINITY;
  const low = bucketLow(index);
  const high = bucketHigh(index);
  return (2 * low * high) / (low + high);
});

/**
 * The latency that stands for a bucket, ms: the harmonic mean of its edges, which makes the relative error
 * equal at both, (high - low) / (high + low) <= 1/129 = 0.775 %. Below the range it is the range's lowest
 * edge and above it infinity: whoever asks clamps the answer to the smallest and largest latency seen.
 */
export function representative(index: number): number {
  return representatives[index]!;
}
