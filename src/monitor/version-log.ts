/** How many versions are kept, of all items together. */
const KEPT = 20_000;

interface Version<Item> {
  readonly at: number;
  readonly id: number;
  /** Undefined: it is gone. */
  readonly item: Item | undefined;
}

/** What the items of a changing list were at any instant: one entry per change, in bounded memory. */
export class VersionLog<Item> {
  #versions: Version<Item>[] = [];

  /** From `at` on (ms since the epoch, never falling) the item with this id is `item`; undefined: it is gone. */
  note(at: number, id: number, item: Item | undefined): void {
    this.#versions.push({ at, id, item });
    // In large steps: moving everything up with each change would cost more than the change.
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
