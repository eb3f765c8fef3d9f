/** From here on the service spends its time looking for memory. */
const TIGHT_PERCENT = 90;
/** How much longer work takes just before the memory is full. */
const TIGHT_FACTOR = 4;

/** The memory of one process: the base, and what has leaked since it started. */
export class Memory {
  /** Percent, 0..100. */
  used: number;

  readonly #base: number;
  /** What had leaked before the process last started; a new process begins without a leak. */
  #leakedBefore = 0;

  constructor(basePercent: number) {
    this.#base = basePercent;
    this.used = basePercent;
  }

  /** The level now; `leakedShare` 0 and up since the fault began, `noise` in percent. */
  update(leakedShare: number, noise: number): void {
    // The fault has ended, or another one has begun.
    if (leakedShare < this.#leakedBefore) this.#leakedBefore = 0;
    const leaked = (leakedShare - this.#leakedBefore) * 100;
    this.used = Math.min(100, Math.max(0, this.#base + leaked + noise));
  }

  /** Nothing is left: the process will be killed. */
  get full(): boolean {
    return this.used >= 100;
  }

  /** How many times as long work takes for want of memory, 1 and up. */
  get slowdown(): number {
    const tight = Math.max(0, this.used - TIGHT_PERCENT) / (100 - TIGHT_PERCENT);
    return 1 + (TIGHT_FACTOR - 1) * tight;
  }

  /** The process is gone, and what leaked so far (`leakedShare`, as in `update`) with it. */
  stop(leakedShare: number): void {
    this.#leakedBefore = leakedShare;
    this.used = 0;
  }
}
