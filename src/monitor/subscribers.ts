/** Those who are called after every publish. One that throws is removed: it must not stop the others. */
export class Subscribers {
  readonly #listeners = new Set<() => void>();
  readonly #onFailure: (message: string) => void;

  /** @param onFailure gets the message of a listener that threw */
  constructor(onFailure: (message: string) => void) {
    this.#onFailure = onFailure;
  }

  /** Returns a function that removes it. */
  add(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  clear(): void {
    this.#listeners.clear();
  }

  call(): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener();
      } catch (error) {
        this.#listeners.delete(listener);
        this.#onFailure(error instanceof Error ? error.message : String(error));
      }
    }
  }
}
