/** Above this the service slows down, because it spends its time freeing memory. */
const TIGHT_PERCENT = 90;
/** Factor on service times just before the memory is full. */
const TIGHT_FACTOR = 4;

/** The memory of one process: the base, and what has leaked since it started. */
export class Memory {
  /** Percent, 0..100. */
  used: number;

  readonly #base: number;
  /** What had leaked before the process last started: a new process starts without a leak. */
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

  /** No memory is left: the process will be killed. */
  get full(): boolean {
    return this.used >= 100;
  }

  /** Factor on service times for lack of memory, 1 and up. */
  get slowdown(): number {
    const tight = Math.max(0, this.used - TIGHT_PERCENT) / (100 - TIGHT_PERCENT);
    return 1 + (TIGHT_FACTOR - 1) * tight;
  }

  /** The process ended, which frees what had leaked so far (`leakedShare`, as in `update`). */
  stop(leakedShare: number): void {
    this.#leakedBefore = leakedShare;
    this.used = 0;
  }
}
