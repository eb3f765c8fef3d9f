/**
 * Things that are due at an instant, earliest first: a binary heap. Two parallel arrays instead of objects,
 * so that scheduling allocates nothing. Times are in ms; the caller chooses their origin.
 */
export class Schedule<Item> {
  readonly #times: number[] = [];
  readonly #items: Item[] = [];

  get size(): number {
    return this.#times.length;
  }

  /** When the first item is due, ms; Infinity without items. */
  get next(): number {
    return this.#times.length > 0 ? this.#times[0]! : Number.POSITIVE_INFINITY;
  }

  add(time: number, item: Item): void {
    this.#times.push(time);
    this.#items.push(item);
    this.#rise(this.#times.length - 1, time, item);
  }

  /** Removes and returns the first item; there must be one. */
  take(): Item {
    const first = this.#items[0]!;
    const time = this.#times.pop()!;
    const item = this.#items.pop()!;
    if (this.#times.length > 0) this.#sink(0, time, item);
    return first;
  }

  /** Changes the time of every item. Takes time proportional to their number. */
  reschedule(timeOf: (item: Item, time: number) => number): void {
    const times = this.#times;
    for (let index = 0; index < times.length; index += 1) {
      times[index] = timeOf(this.#items[index]!, times[index]!);
    }
    this.#restore();
  }

  /** Removes the items for which `chosen` returns true, in no particular order. */
  remove(chosen: (item: Item, time: number) => boolean): void {
    const times = this.#times;
    const items = this.#items;
    let kept = 0;
    for (let index = 0; index < times.length; index += 1) {
      const time = times[index]!;
      const item = items[index]!;
      if (chosen(item, time)) continue;
      times[kept] = time;
      items[kept] = item;
      kept += 1;
    }
    times.length = kept;
    items.length = kept;
    this.#restore();
  }

  #restore(): void {
    for (let index = (this.#times.length >> 1) - 1; index >= 0; index -= 1) {
      this.#sink(index, this.#times[index]!, this.#items[index]!);
    }
  }

  #rise(from: number, time: number, item: Item): void {
    const times = this.#times;
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (times[parent]! <= time) break;
      times[place] = times[parent]!;
      this.#items[place] = this.#items[parent]!;
      place = parent;
    }
    times[place] = time;
    this.#items[place] = item;
  }

  #sink(from: number, time: number, item: Item): void {
    const times = this.#times;
    const size = times.length;
    let place = from;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= size) break;
      if (child + 1 < size && times[child + 1]! < times[child]!) child += 1;
      if (times[child]! >= time) break;
      times[place] = times[child]!;
      this.#items[place] = this.#items[child]!;
      place = child;
    }
    times[place] = time;
    this.#items[place] = item;
  }
}
