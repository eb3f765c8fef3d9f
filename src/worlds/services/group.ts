/** What a group needs to know of a service. */
export interface GroupMember {
  /** When its next event is due, ms since the start of the simulation. */
  readonly next: number;
  /** Updates `next`. */
  plan(): void;
  /** Its place in the group; only the group changes it. */
  place: number;
}

/**
 * Services that are connected by calls. Their events run in the order of time, because a request at one of
 * them can depend on any other. Services of other groups cannot affect them.
 */
export class Group<Member extends GroupMember> {
  /** Everything before is simulated, ms since the start of the simulation. */
  now: number;
  readonly services: readonly Member[];
  /** A binary heap of the services by their next event; `place` of a service is its index here. */
  readonly #heap: Member[];
  readonly #times: Float64Array;

  constructor(services: readonly Member[], now: number) {
    this.services = services;
    this.now = now;
    this.#heap = [...services];
    this.#times = new Float64Array(services.length).fill(Number.NEGATIVE_INFINITY);
    for (const [place, service] of services.entries()) {
      service.place = place;
    }
    for (const service of services) this.changed(service);
  }

  /** Runs all events up to `until`. */
  advance(until: number, flow: { runNext(service: Member): void }): void {
    const heap = this.#heap;
    for (let first = heap[0]!; this.#times[0]! <= until; first = heap[0]!) {
      flow.runNext(first);
      this.changed(first);
    }
    if (until > this.now) this.now = until;
  }

  /** Call this when the next event of a service may have changed. */
  changed(service: Member): void {
    const times = this.#times;
    service.plan();
    const { next, place } = service;
    const before = times[place]!;
    if (next === before) return;
    if (next < before) this.#rise(service, next);
    else this.#sink(service, next);
  }

  #rise(service: Member, time: number): void {
    let { place } = service;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (this.#times[parent]! <= time) break;
      this.#move(parent, place);
      place = parent;
    }
    this.#put(service, time, place);
  }

  #sink(service: Member, time: number): void {
    const times = this.#times;
    const size = times.length;
    let { place } = service;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= size) break;
      if (child + 1 < size && times[child + 1]! < times[child]!) child += 1;
      if (times[child]! >= time) break;
      this.#move(child, place);
      place = child;
    }
    this.#put(service, time, place);
  }

  #move(from: number, to: number): void {
    this.#put(this.#heap[from]!, this.#times[from]!, to);
  }

  #put(service: Member, time: number, place: number): void {
    this.#heap[place] = service;
    this.#times[place] = time;
    service.place = place;
  }
}
