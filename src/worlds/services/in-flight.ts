import { Phase, type Request } from "./request.ts";

/**
 * The requests in flight at one service, by arrival: a linked list. Requests start in the order of their
 * arrival, so the waiting ones are the newest part of it.
 */
export class InFlight<Service extends { readonly name: string }> {
  /** Requests accepted and not answered yet. */
  size = 0;
  /** Those without a worker so far. */
  waiting = 0;
  /** Requests that arrived since this was last set to 0, with the refused ones. */
  arrived = 0;
  #oldest: Request<Service> | undefined;
  #newest: Request<Service> | undefined;
  #firstWaiting: Request<Service> | undefined;

  /** The request that has been in flight longest. */
  get oldest(): Request<Service> | undefined {
    return this.#oldest;
  }

  /** Adds a request that arrives now, as a waiting one. */
  add(request: Request<Service>): void {
    request.phase = Phase.waiting;
    request.before = this.#newest;
    if (this.#newest === undefined) this.#oldest = request;
    else this.#newest.after = request;
    this.#newest = request;
    this.#firstWaiting ??= request;
    this.size += 1;
    this.waiting += 1;
  }

  /** Removes the longest waiting request from the queue; it stays in flight. There must be one. */
  dequeue(): Request<Service> {
    const request = this.#firstWaiting!;
    this.#firstWaiting = request.after;
    this.waiting -= 1;
    return request;
  }

  remove(request: Request<Service>): void {
    const { before, after } = request;
    if (request.phase === Phase.waiting) {
      this.waiting -= 1;
      if (this.#firstWaiting === request) this.#firstWaiting = after;
    }
    if (before === undefined) this.#oldest = after;
    else before.after = after;
    if (after === undefined) this.#newest = before;
    else after.before = before;
    request.before = undefined;
    request.after = undefined;
    this.size -= 1;
  }
}
