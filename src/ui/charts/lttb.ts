/**
 * Selects `most` of the points (x, y) so that their line resembles the line through all points: "largest
 * triangle three buckets" (S. Steinarsson, Downsampling Time Series for Visual Representation, University of
 * Iceland, 2013, section 4.2). The first and the last point are kept; the others are divided into `most - 2`
 * buckets, and each bucket keeps the point with the largest triangle to the previously kept point and the
 * mean of the next bucket.
 *
 * It keeps the shape but not every spike; use `minMaxPerColumn` where single samples must stay visible.
 * @param x rising; @param y as long as `x`, without NaN
 * @param most at least 2, or all points are kept
 * @returns the indices of the kept points, rising; all indices if there are at most `most` points
 */
export function lttb(x: Float64Array, y: Float64Array, most: number): Uint32Array {
  const count = y.length;
  if (count <= most || most < 2) return Uint32Array.from({ length: count }, (_, place) => place);
  const kept = new Uint32Array(most);
  kept[most - 1] = count - 1;
  const runs = most - 2;
  const startOf = (run: number) => (run === runs ? count - 1 : 1 + Math.floor((run * (count - 2)) / runs));
  for (let run = 0; run < runs; run++) {
    const start = startOf(run);
    const end = startOf(run + 1);
    const nextEnd = run + 1 === runs ? count : startOf(run + 2);
    kept[run + 1] = farthest(x, y, kept[run]!, start, end, meanOf(x, end, nextEnd), meanOf(y, end, nextEnd));
  }
  return kept;
}

function meanOf(values: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let place = start; place < end; place++) sum += values[place]!;
  return sum / (end - start);
}

/** The index in [start, end) of the point with the largest triangle to `before` and (nextX, nextY). */
function farthest(
  x: Float64Array,
  y: Float64Array,
  before: number,
  start: number,
  end: number,
  nextX: number,
  nextY: number,
): number {
  const left = x[before]!;
  const base = y[before]!;
  let best = start;
  let largest = -1;
  for (let place = start; place < end; place++) {
    // Twice the area; the factor does not matter for the maximum.
    const area = Math.abs((left - nextX) * (y[place]! - base) - (left - x[place]!) * (nextY - base));
    if (area > largest) {
      largest = area;
      best = place;
    }
  }
  return best;
}
