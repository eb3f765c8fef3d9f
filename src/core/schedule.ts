/**
 * Things that are due at an instant, earliest first: a binary heap. Two parallel arrays instead of objects,
 * so that scheduling allocates nothing; they never shrink, because an array that is emptied and filled in
 * turns by `pop` and `push` is allocated anew each time. Times are in ms; the caller chooses their origin.
 */
export class Schedule<Item> {
  readonly #times: number[] = [];
  /** Beyond `size` are former items, which are not used. */
  readonly #items: Item[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** When the first item is due, ms; Infinity without items. */
  get next(): number {
    return this.#size > 0 ? this.#times[0]! : Number.POSITIVE_INFINITY;
  }

  add(time: number, item: Item): void {
    const times = this.#times;
    const items = this.#items;
    let place = this.#size;
    this.#size = place + 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (times[parent]! <= time) break;
      times[place] = times[parent]!;
      items[place] = items[parent]!;
      place = parent;
    }
    times[place] = time;
    items[place] = item;
  }

  /** Removes and returns the first item; there must be one. */
  take(): Item {
    const first = this.#items[0]!;
    this.#size -= 1;
    if (this.#size > 0) this.#sink(0, this.#size);
    return first;
  }

  /** Changes the time of every item. Takes time proportional to their number. */
  reschedule(timeOf: (item: Item, time: number) => number): void {
    const times = this.#times;
    for (let index = 0; index < this.#size; index += 1) {
      times[index] = timeOf(this.#items[index]!, times[index]!);
    }
    this.#restore();
  }

  /** Removes the items for which `chosen` returns true, in no particular order. */
  remove(chosen: (item: Item, time: number) => boolean): void {
    const times = this.#times;
    const items = this.#items;
    let kept = 0;
    for (let index = 0; index < this.#size; index += 1) {
      const time = times[index]!;
      const item = items[index]!;
      if (chosen(item, time)) continue;
      times[kept] = time;
      items[kept] = item;
      kept += 1;
    }
    this.#size = kept;
    // What was removed must not be kept alive.
    times.length = kept;
    items.length = kept;
    this.#restore();
  }

  #restore(): void {
    for (let index = (this.#size >> 1) - 1; index >= 0; index -= 1) this.#sink(index, index);
  }

  /** Puts the item at `from` at its place in the heap below `at`. */
  #sink(at: number, from: number): void {
    const times = this.#times;
    const items = this.#items;
    const size = this.#size;
    const time = times[from]!;
    const item = items[from]!;
    let place = at;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= size) break;
      if (child + 1 < size && times[child + 1]! < times[child]!) child += 1;
      if (times[child]! >= time) break;
      times[place] = times[child]!;
      items[place] = items[child]!;
      place = child;
    }
    times[place] = time;
    items[place] = item;
  }
}
