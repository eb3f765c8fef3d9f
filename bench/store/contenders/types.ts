/** The latencies of one service, kept by some library. */
export interface Series {
  /**
   * Records these, ms. The loop is each contender's own: in a shared one the compiler would see many
   * libraries behind one call, inline none of them, and the fastest would pay most for that.
   */
  recordAll(latencies: Float64Array): void;
  /** Percentiles (0..100) of what was recorded, ms. A promise where the library gives one. */
  percentiles(percents: readonly number[]): readonly number[] | Promise<readonly number[]>;
}

/** Several series, living together in the way this library keeps several. */
export interface SeriesSet {
  readonly series: readonly Series[];
  /** A second has gone by; only for those that keep seconds apart. */
  readonly endSecond?: () => void;
  /** What all of them take, by the library's own account, bytes; absent where it gives none. */
  readonly ownBytes?: () => number;
}

export interface Contender {
  readonly name: string;
  readonly settings: string;
  /** The largest relative error that these settings allow, %; undefined where none is promised. */
  readonly promisedError: number | undefined;
  /** A slow one is given this many times fewer latencies and series, so that the others need not wait for it. */
  readonly fewer: number;
  /** True where its memory is neither in the heap nor in what Node counts as external. */
  readonly nativeMemory?: true;
  /** A single series needs no labels, and is spared what they cost. */
  create(count: number): SeriesSet;
}
