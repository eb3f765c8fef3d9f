/** Above this level the service slows down, because it spends time freeing memory. */
const LOW_MEMORY_PERCENT = 90;
/** Service time factor when the memory is almost full. */
const LOW_MEMORY_FACTOR = 4;

/** The memory of one process: the base level plus the leak since its start. */
export class Memory {
  /** Percent, 0..100. */
  used: number;

  readonly #base: number;
  /** The leak before the last start of the process: a new process starts without one. */
  #leakedBefore = 0;

  constructor(basePercent: number) {
    this.#base = basePercent;
    this.used = basePercent;
  }

  /** Updates the level. `leakedShare`: at least 0, since the start of the fault; `noise`: percent. */
  update(leakedShare: number, noise: number): void {
    // The fault has ended, or another one has started.
    if (leakedShare < this.#leakedBefore) this.#leakedBefore = 0;
    const leaked = (leakedShare - this.#leakedBefore) * 100;
    this.used = Math.min(100, Math.max(0, this.#base + leaked + noise));
  }

  /** Out of memory: the process will be killed. */
  get full(): boolean {
    return this.used >= 100;
  }

  /** Service time factor due to low memory, at least 1. */
  get slowdown(): number {
    const shortage = Math.max(0, this.used - LOW_MEMORY_PERCENT) / (100 - LOW_MEMORY_PERCENT);
    return 1 + (LOW_MEMORY_FACTOR - 1) * shortage;
  }

  /** The process ended, which frees the leaked memory (`leakedShare` as in `update`). */
  stop(leakedShare: number): void {
    this.#leakedBefore = leakedShare;
    this.used = 0;
  }
}
