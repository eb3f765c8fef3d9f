/** Time constant of the world's averages (growth, shares), ms. */
const TIME_CONSTANT_MS = 10_000;

/** The rate of change of a total, per second, smoothed over about ten seconds. */
export class SmoothRate {
  /** Per second. */
  value = 0;
  #last = 0;
  #lastAt: number;

  /** @param at world time, ms */
  constructor(at: number) {
    this.#lastAt = at;
  }

  /** Adds the total at a world time, ms. */
  observe(at: number, total: number): void {
    const elapsed = at - this.#lastAt;
    if (elapsed <= 0) return;
    const follow = 1 - Math.exp(-elapsed / TIME_CONSTANT_MS);
    this.value += follow * (((total - this.#last) * 1000) / elapsed - this.value);
    this.#last = total;
    this.#lastAt = at;
  }
}

/**
 * Jain's fairness index of shares of work: 1 if all are equal, 1 / n if one does all the work. NaN without
 * work.
 */
export function fairnessIndex(amounts: readonly number[]): number {
  let sum = 0;
  let squares = 0;
  for (const amount of amounts) {
    sum += amount;
    squares += amount * amount;
  }
  return squares === 0 ? Number.NaN : (sum * sum) / (amounts.length * squares);
}
