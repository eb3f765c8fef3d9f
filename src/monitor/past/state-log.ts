import { lastIndex } from "./tick-log.ts";

/** How many entries several logs have together. */
export interface EntryCount {
  entries: number;
}

/** A value, and since when it was valid, ms since the epoch. */
export interface Entry<T> {
  readonly at: number;
  readonly value: T;
}

/**
 * A state over time, by its transitions: each value is valid from its instant until the next. However much is
 * trimmed, the value at the beginning of what is kept stays known.
 */
export class StateLog<T> {
  readonly #count: EntryCount;
  #entries: Entry<T>[] = [];
  #trimmed = false;

  constructor(count: EntryCount = { entries: 0 }) {
    this.#count = count;
  }

  /**
   * Adds the value from `at` on (ms since the epoch), or from the newest instant on if that is later; ignores
   * an unchanged value.
   */
  note(at: number, value: T): void {
    const newest = this.#entries.at(-1);
    if (newest !== undefined && newest.value === value) return;
    this.#entries.push({ at: Math.max(at, newest?.at ?? at), value });
    this.#count.entries += 1;
  }

  get size(): number {
    return this.#entries.length;
  }

  get newest(): T | undefined {
    return this.#entries.at(-1)?.value;
  }

  /** When the newest value began, ms since the epoch; -Infinity without one. */
  get newestAt(): number {
    return this.#entries.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  }

  get oldest(): T | undefined {
    return this.#entries[0]?.value;
  }

  /** The value at an instant; undefined before the first one that is kept. */
  at(at: number): T | undefined {
    return this.#entries[this.#indexAt(at)]?.value;
  }

  /** Since when the value at an instant is valid, ms since the epoch; NaN before the first one that is kept. */
  beganAt(at: number): number {
    return this.#entries[this.#indexAt(at)]?.at ?? Number.NaN;
  }

  /** Whether there was a value at an instant that is no longer kept. */
  hasForgotten(at: number): boolean {
    return this.#trimmed && at < this.#entries[0]!.at;
  }

  /** All values valid at some time after `from` and up to `to`, in order; empty before the first one. */
  *within(from: number, to: number): Generator<T> {
    const last = this.#indexAt(to);
    for (let nth = Math.max(0, this.#indexAt(from)); nth <= last; nth++) yield this.#entries[nth]!.value;
  }

  /** From the value at `at` back to the first one kept. */
  *backFrom(at: number): Generator<Entry<T>> {
    for (let nth = this.#indexAt(at); nth >= 0; nth--) yield this.#entries[nth]!;
  }

  /** Adds the instants of all entries to `into`. */
  instants(into: number[]): void {
    for (const { at } of this.#entries) into.push(at);
  }

  /** Drops what ended before an instant; what was valid then stays. @returns how many entries */
  trim(before: number): number {
    const gone = this.#indexAt(before);
    if (gone <= 0) return 0;
    this.#entries = this.#entries.slice(gone);
    this.#trimmed = true;
    this.#count.entries -= gone;
    return gone;
  }

  /** Drops everything. */
  clear(): void {
    this.#count.entries -= this.#entries.length;
    this.#entries = [];
    this.#trimmed = false;
  }

  #indexAt(at: number): number {
    return lastIndex(this.#entries, at, (entry) => entry.at);
  }
}
