/** Values are kept this many times within the span that they are compared over. */
const PARTS = 64;
/** An older value, in spans, says nothing about the span. Below 2, some spans of few values would have none. */
const TOO_OLD = 2;

/**
 * The values of one series over the last `spanMs`, one for each 64th of it, in fixed memory: two numbers for each.
 */
export class PastValues {
  readonly #spanMs: number;
  readonly #values = new Float64Array(PARTS + 2);
  readonly #times = new Float64Array(PARTS + 2);
  #next = 0;
  #count = 0;

  constructor(spanMs: number) {
    this.#spanMs = spanMs;
  }

  /** Takes the value at an instant, ms since the epoch, never decreasing; NaN is one that is unknown. */
  note(at: number, value: number): void {
    const newest = this.#times[(this.#next - 1 + this.#times.length) % this.#times.length]!;
    if (this.#count > 0 && at - newest < this.#spanMs / PARTS) return;
    this.#values[this.#next] = value;
    this.#times[this.#next] = at;
    this.#next = (this.#next + 1) % this.#times.length;
    this.#count = Math.min(this.#count + 1, this.#times.length);
  }

  /**
   * The newest value that is at least the span older than `at`; NaN where there is none, or only one that is so old
   * that nothing was noted in between.
   */
  before(at: number): number {
    const { length } = this.#times;
    let found = Number.NaN;
    // The oldest first: only the first few are old enough.
    for (let back = this.#count; back >= 1; back--) {
      const place = (this.#next - back + length) % length;
      const age = at - this.#times[place]!;
      if (age < this.#spanMs) break;
      found = age <= this.#spanMs * TOO_OLD ? this.#values[place]! : Number.NaN;
    }
    return found;
  }
}
