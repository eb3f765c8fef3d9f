/**
 * A series that varies less than this share of its mean counts as varying by so much: of a constant series the
 * standard deviation is 0, and any other value would be infinitely far from it.
 */
export const LEAST_VARIATION = 0.01;

/** The recent past of one series, in fixed memory; see the rule ANOMALY. */
export class Baseline {
  readonly #values: Float64Array;
  readonly #least: number;
  /** The newest anomalous values; undefined without. */
  #strange: number[] | undefined;
  #pending = Number.NaN;
  #nextAt = Number.NEGATIVE_INFINITY;
  #count = 0;
  #next = 0;
  mean = Number.NaN;
  deviation = Number.NaN;

  /** @param most values of the baseline @param least values after which it is known */
  constructor(most: number, least: number) {
    this.#values = new Float64Array(most);
    this.#least = least;
  }

  /** The standard deviation, and at least a part of the mean. */
  get spread(): number {
    return Math.max(this.deviation, LEAST_VARIATION * Math.abs(this.mean));
  }

  /**
   * How many standard deviations a value is above (positive) or below the mean. NaN while the baseline or the value is
   * unknown; infinite for another value than 0 after nothing but zeros.
   */
  scoreOf(value: number): number {
    if (this.#count < this.#least) return Number.NaN;
    const distance = value - this.mean;
    return distance === 0 ? 0 : distance / this.spread;
  }

  /**
   * Takes a value, at most one per `everyMs`. It joins the baseline when the next one is taken, and only if there was no
   * anomaly by then, so that the beginning of one does not. Anomalous values are kept apart: once there are as many in a
   * row as the baseline has, they are the new baseline.
   */
  take(at: number, value: number, isAnomaly: boolean, everyMs: number): void {
    if (isAnomaly) this.#pending = Number.NaN;
    if (at < this.#nextAt || Number.isNaN(value)) return;
    this.#nextAt = at + everyMs;
    if (isAnomaly) {
      this.#strange ??= [];
      this.#strange.push(value);
      if (this.#strange.length < this.#values.length) return;
      for (const each of this.#strange) this.#add(each);
      this.#strange = undefined;
      this.#measure();
      return;
    }
    this.#strange = undefined;
    if (!Number.isNaN(this.#pending)) {
      this.#add(this.#pending);
      this.#measure();
    }
    this.#pending = value;
  }

  #add(value: number): void {
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.#values.length;
    this.#count = Math.min(this.#count + 1, this.#values.length);
  }

  /** Mean and sample standard deviation, in two passes: the values can be large and close together. */
  #measure(): void {
    let sum = 0;
    for (let nth = 0; nth < this.#count; nth++) sum += this.#values[nth]!;
    this.mean = sum / this.#count;
    let squares = 0;
    for (let nth = 0; nth < this.#count; nth++) squares += (this.#values[nth]! - this.mean) ** 2;
    this.deviation = this.#count > 1 ? Math.sqrt(squares / (this.#count - 1)) : 0;
  }
}
