/** The target of an event. */
export interface Target<Payload> {
  fire(payload: Payload): void;
}

/** A longer time between two steps is a sleep of the machine, ms; a real clock can be slightly late. */
const LONGEST_STEP_MS = 300;

interface Event {
  readonly at: number;
  /** Breaks ties, so that runs are reproducible. */
  readonly order: number;
  readonly target: Target<unknown>;
  readonly payload: unknown;
}

/**
 * The time of one world and its scheduled events, in a binary heap. World time stops while the machine
 * sleeps: messages do not age, and no burst is replayed afterwards.
 */
export class Timeline {
  /** World time, ms. Exact between steps: the time of the current event. */
  now: number;
  readonly stepMs: number;
  /** World time + this = ms since the epoch. */
  #offset = 0;
  readonly #events: Event[] = [];
  #scheduled = 0;

  /** @param now ms since the epoch @param stepMs usual time between two calls of `advance` */
  constructor(now: number, stepMs: number) {
    this.now = now;
    this.stepMs = stepMs;
  }

  /** The current instant, ms since the epoch. */
  get wall(): number {
    return this.now + this.#offset;
  }

  /** The world time of an instant (ms since the epoch), not before now. */
  worldTime(wall: number): number {
    return Math.max(this.now, wall - this.#offset);
  }

  /** Calls `target.fire(payload)` at a world time. */
  schedule<Payload>(at: number, target: Target<Payload>, payload: Payload): void {
    const event: Event = {
      at: Math.max(at, this.now),
      order: this.#scheduled++,
      target: target as Target<unknown>,
      payload,
    };
    const events = this.#events;
    let child = events.push(event) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!before(event, events[parent]!)) break;
      events[child] = events[parent]!;
      child = parent;
    }
    events[child] = event;
  }

  /** Runs all events due up to an instant (ms since the epoch). @param slept whether time was missed */
  advance(wall: number, slept = false): void {
    if (slept || wall - this.wall > LONGEST_STEP_MS) {
      this.#offset = Math.max(this.#offset, wall - this.now - this.stepMs);
    }
    const to = wall - this.#offset;
    while (this.#events.length > 0 && this.#events[0]!.at <= to) {
      const event = this.#pop();
      this.now = event.at;
      event.target.fire(event.payload);
    }
    this.now = Math.max(this.now, to);
  }

  #pop(): Event {
    const events = this.#events;
    const top = events[0]!;
    const moved = events.pop()!;
    const size = events.length;
    if (size === 0) return top;
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= size) break;
      if (child + 1 < size && before(events[child + 1]!, events[child]!)) child += 1;
      if (!before(events[child]!, moved)) break;
      events[parent] = events[child]!;
      parent = child;
    }
    events[parent] = moved;
    return top;
  }
}

function before(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
