/** Round numbers within a factor of ten, from coarse to fine. */
const LADDERS: readonly (readonly number[])[] = [
  [1],
  [1, 3],
  [1, 2, 5],
  [1, 1.5, 2, 3, 5, 7],
  [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8],
  [1, 1.1, 1.2, 1.4, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3.2, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 9],
];
/** With powers of this many tens a class holds anything that the store tells apart. */
const MOST_TENS = 12;

/**
 * The bounds of at most `most` latency classes that together hold lowMs..highMs: class n reaches from
 * bounds[n] up to bounds[n + 1], ms. Bounds are round and grow by nearly equal factors, as finely as fits.
 */
export function latencyBounds(lowMs: number, highMs: number, most: number): readonly number[] {
  for (const ladder of LADDERS.toReversed()) {
    const bounds = climb(ladder, 1, lowMs, highMs);
    if (bounds.length - 1 <= most) return bounds;
  }
  for (let tens = 2; tens < MOST_TENS; tens++) {
    const bounds = climb([1], tens, lowMs, highMs);
    if (bounds.length - 1 <= most) return bounds;
  }
  return climb([1], MOST_TENS, lowMs, highMs);
}

/** The rungs from the last that is not above `low` to the first that is above `high`. */
function climb(ladder: readonly number[], tens: number, low: number, high: number): number[] {
  const rung = (n: number) => {
    const turn = Math.floor(n / ladder.length);
    // Multiplying by powers of ten leaves crumbs: 1.1 * 10 ** -1 is 0.11000000000000001.
    return Number((ladder[n - turn * ladder.length]! * 10 ** (turn * tens)).toPrecision(3));
  };
  let n = Math.floor(Math.log10(low) / tens) * ladder.length;
  while (rung(n) > low) n -= 1;
  while (rung(n + 1) <= low) n += 1;
  const bounds = [rung(n)];
  while (bounds.at(-1)! <= high) bounds.push(rung(++n));
  return bounds.length > 1 ? bounds : [...bounds, rung(n + 1)];
}
