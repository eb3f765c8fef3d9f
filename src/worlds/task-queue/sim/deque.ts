const MIN_CAPACITY = 8;

/** A double-ended queue in a ring buffer: adding and removing take constant time. */
export class Deque<T> {
  #items: (T | undefined)[] = new Array(MIN_CAPACITY);
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  front(): T | undefined {
    return this.#size === 0 ? undefined : this.#items[this.#head];
  }

  pushBack(item: T): void {
    if (this.#size === this.#items.length) this.#resize(this.#size * 2);
    this.#items[(this.#head + this.#size) % this.#items.length] = item;
    this.#size += 1;
  }

  pushFront(item: T): void {
    if (this.#size === this.#items.length) this.#resize(this.#size * 2);
    this.#head = (this.#head + this.#items.length - 1) % this.#items.length;
    this.#items[this.#head] = item;
    this.#size += 1;
  }

  popFront(): T | undefined {
    if (this.#size === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head] = undefined;
    this.#head = (this.#head + 1) % this.#items.length;
    this.#size -= 1;
    // Shrink, so that a past backlog does not occupy memory forever.
    if (this.#size * 8 <= this.#items.length && this.#items.length > MIN_CAPACITY * 16) {
      this.#resize(this.#items.length / 4);
    }
    return item;
  }

  clear(): void {
    this.#items = new Array(MIN_CAPACITY);
    this.#head = 0;
    this.#size = 0;
  }

  #resize(capacity: number): void {
    const items: (T | undefined)[] = new Array(capacity);
    for (let i = 0; i < this.#size; i += 1) items[i] = this.#items[(this.#head + i) % this.#items.length];
    this.#items = items;
    this.#head = 0;
  }
}
