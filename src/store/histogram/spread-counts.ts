import { bucketHigh, bucketIndex } from "./histogram-layout.ts";
import { SparseCounts } from "./sparse-counts.ts";

/** Values below and above these are rejected. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * Counts from the buckets of another system, spread over ours.
 *
 * Method: the n values of a foreign bucket (low, high] are taken to lie evenly within it, the k-th of them at
 * low + (high - low) * (k - 0.5) / n, which is how Prometheus interpolates. The total stays exact. Values above
 * the last bound are placed at that bound, as `histogram_quantile` does; values up to the first bound are spread
 * from the lowest value the metric allows.
 *
 * Error: every value stays within its foreign bucket, so a percentile is at most the width of that bucket away
 * from the exact one, plus the 0.775 % of our own buckets. The extremes are the outer bounds of the
 * outermost non-empty buckets. Without a `sum` each bucket counts with its middle.
 */
export class SpreadCounts {
  readonly sparse = new SparseCounts();
  count = 0;
  sum = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;

  /**
   * @param bounds rising and finite; one less than there are counts
   * @param most the highest total that is accepted
   * @returns false when something is invalid, or outside the range
   */
  spread(
    bounds: ArrayLike<number>,
    counts: ArrayLike<number>,
    sum: number | undefined,
    range: Range,
    most: number,
  ): boolean {
    this.clear();
    if (!validBounds(bounds) || counts.length !== bounds.length + 1) return false;
    if (sum !== undefined && !(sum >= 0 && sum < Number.POSITIVE_INFINITY)) return false;
    for (let nth = 0; nth < counts.length; nth++) {
      const count = counts[nth]!;
      if (!(Number.isInteger(count) && count >= 0)) return false;
      if (count === 0) continue;
      this.count += count;
      if (this.count > most) return false;
      const last = nth === bounds.length;
      // Without bounds there is one bucket for everything, of which at most the mean is known.
      const lowest = bounds.length === 0 && sum !== undefined ? sum / count : Number.NEGATIVE_INFINITY;
      const low = Math.max(range.min, nth === 0 ? lowest : bounds[nth - 1]!);
      const high = last ? low : Math.min(range.max, bounds[nth]!);
      if (high < low || low > range.max) return false;
      // What is above the last bound is not within it, though it is kept at it.
      if (last && nth > 0) this.addAbove(low, count);
      else this.add(low, high, count);
    }
    if (sum !== undefined) this.sum = sum;
    return true;
  }

  private clear(): void {
    this.sparse.size = 0;
    this.count = 0;
    this.sum = 0;
    this.min = Number.POSITIVE_INFINITY;
    this.max = Number.NEGATIVE_INFINITY;
  }

  private add(low: number, high: number, count: number): void {
    if (low < this.min) this.min = low;
    if (high > this.max) this.max = high;
    this.sum += (count * (low + high)) / 2;
    const width = high - low;
    // From one occupied bucket to the next: a bucket holds the values up to its upper edge.
    for (let done = 0; done < count; ) {
      const index = bucketIndex(low + (width * (done + 0.5)) / count);
      const edge = bucketHigh(index);
      const upTo = edge >= high ? count : Math.floor((count * (edge - low)) / width + 0.5);
      const next = Math.min(count, Math.max(done + 1, upTo));
      this.push(index, next - done);
      done = next;
    }
  }

  private addAbove(bound: number, count: number): void {
    if (bound < this.min) this.min = bound;
    if (bound > this.max) this.max = bound;
    this.sum += count * bound;
    this.push(bucketIndex(bound * (1 + Number.EPSILON)), count);
  }

  /** Indexes rise: two foreign buckets may share one of ours. */
  private push(index: number, count: number): void {
    const { sparse } = this;
    if (sparse.size > 0 && sparse.indexes[sparse.size - 1] === index) {
      sparse.counts[sparse.size - 1]! += count;
      return;
    }
    sparse.indexes[sparse.size] = index;
    sparse.counts[sparse.size++] = count;
  }
}

function validBounds(bounds: ArrayLike<number>): boolean {
  for (let nth = 0; nth < bounds.length; nth++) {
    if (!Number.isFinite(bounds[nth])) return false;
    if (nth > 0 && !(bounds[nth]! > bounds[nth - 1]!)) return false;
  }
  return true;
}
