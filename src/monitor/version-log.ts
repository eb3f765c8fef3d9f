/** How many versions are kept in total. */
const KEPT = 20_000;

interface Version<Item> {
  readonly at: number;
  readonly id: number;
  /** Undefined: removed. */
  readonly item: Item | undefined;
}

/** The items of a changing list at any instant: one entry per change, in bounded memory. */
export class VersionLog<Item> {
  #versions: Version<Item>[] = [];

  /** Sets the item with this id from `at` on (ms since the epoch, never decreasing); undefined: removed. */
  note(at: number, id: number, item: Item | undefined): void {
    this.#versions.push({ at, id, item });
    // Trimmed in large steps, because shifting the array on each change would be slow.
    if (this.#versions.length >= 2 * KEPT) this.#versions = this.#versions.slice(-KEPT);
  }

  /** The items at an instant, in the order in which they first appeared. */
  at(at: number): Item[] {
    const items = new Map<number, Item>();
    for (const version of this.#versions) {
      if (version.at > at) break;
      if (version.item === undefined) items.delete(version.id);
      else items.set(version.id, version.item);
    }
    return [...items.values()];
  }

  get size(): number {
    return this.#versions.length;
  }
}
