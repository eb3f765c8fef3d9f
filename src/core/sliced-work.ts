import type { Clock } from "./clock.ts";

/** How long a slice takes, ms: keys and other timers get their turn between two. */
const SLICE_MS = 50;

/** Work that yields now and then, so that it can be done in slices. */
export type Work = Generator<void, void, void>;

/**
 * Does one piece of work at a time, in slices. Work that takes less than a slice is done at once, as is all work on a
 * virtual clock.
 */
export class SlicedWork {
  readonly #clock: Clock;
  #work: Work | undefined;
  /** Work cannot be continued from within itself. */
  #isRunning = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether there is work that is not done yet. */
  get isUnderWay(): boolean {
    return this.#work !== undefined;
  }

  /** Begins work, after what is under way is finished. */
  begin(work: Work): void {
    this.finish();
    this.#work = work;
    this.#slice(work);
  }

  /** Finishes what is under way, now. Does nothing from within it. */
  finish(): void {
    if (this.#work !== undefined && !this.#isRunning) this.#run(this.#work, Number.POSITIVE_INFINITY);
  }

  /** Ends without doing the rest. */
  stop(): void {
    this.#work = undefined;
  }

  #slice(work: Work): void {
    if (this.#work !== work) return;
    this.#run(work, SLICE_MS);
    if (this.#work === work) this.#clock.after(0, () => this.#slice(work));
  }

  #run(work: Work, longestMs: number): void {
    const began = this.#clock.now();
    this.#isRunning = true;
    try {
      let isDone: boolean | undefined = false;
      while (!isDone && this.#clock.now() - began < longestMs) isDone = work.next().done;
      if (isDone && this.#work === work) this.#work = undefined;
    } catch (error) {
      this.#work = undefined;
      throw error;
    } finally {
      this.#isRunning = false;
    }
  }
}

/** Yields after every so many items of a loop: a slice need not end after each. */
export function isTurn(nth: number): boolean {
  return nth % 32 === 31;
}

/** Does work that cannot be done in slices here. @returns its result */
export function atOnce<Result>(work: Generator<void, Result>): Result {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}
