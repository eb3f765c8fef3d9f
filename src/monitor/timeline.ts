/** A value over time: each one is valid from its instant until the next. */
export class Timeline<T> {
  readonly #most: number;
  #instants: number[] = [];
  #values: T[] = [];

  /** @param most how many changes are kept; the oldest are dropped first */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Adds the value from `at` on (ms since the epoch), or from the newest instant on if that is later; ignores
   * an unchanged value.
   */
  note(at: number, value: T): void {
    if (this.#values.length > 0 && this.#values.at(-1) === value) return;
    this.#instants.push(Math.max(at, this.#instants.at(-1) ?? at));
    this.#values.push(value);
    // Trimmed in large steps, because shifting the array on each change would be slow.
    if (this.#values.length >= 2 * this.#most) {
      this.#instants = this.#instants.slice(-this.#most);
      this.#values = this.#values.slice(-this.#most);
    }
  }

  get newest(): T | undefined {
    return this.#values.at(-1);
  }

  /** The value at an instant; undefined before the first one. */
  at(at: number): T | undefined {
    return this.#values[this.#indexAt(at)];
  }

  /** All values valid at some time after `from` and up to `to`, in order; empty before the first one. */
  *within(from: number, to: number): Generator<T> {
    const last = this.#indexAt(to);
    for (let index = Math.max(0, this.#indexAt(from)); index <= last; index++) yield this.#values[index]!;
  }

  /** The index of the value at an instant; -1 before the first. */
  #indexAt(at: number): number {
    let low = 0;
    let high = this.#instants.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#instants[middle]! <= at) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
