import { type CallBudget, Phase, Request } from "./request.ts";

/** Requests for reuse, so that a simulated request allocates nothing. */
export class RequestPool<Service extends { readonly name: string }> {
  readonly #free: Request<Service>[] = [];
  readonly #budgets: CallBudget[] = [];

  take(): Request<Service> {
    return this.#free.pop() ?? new Request<Service>();
  }

  /** A request that `caller` makes: it counts for the same arriving request. */
  takeFor(caller: Request<Service>): Request<Service> {
    const request = this.take();
    caller.origin ??= this.#budget();
    request.origin = caller.origin;
    request.origin.requests += 1;
    request.origin.holders += 1;
    return request;
  }

  #budget(): CallBudget {
    const budget = this.#budgets.pop() ?? { requests: 0, holders: 0 };
    budget.requests = 1;
    budget.holders = 1;
    return budget;
  }

  /** Nothing may refer to the request any more, except by its id. */
  give(request: Request<Service>): void {
    request.id += 1;
    request.phase = Phase.free;
    request.service = undefined;
    request.route = undefined;
    request.failure = undefined;
    request.caller = undefined;
    request.call = undefined;
    const { origin } = request;
    if (origin !== undefined) {
      origin.holders -= 1;
      if (origin.holders === 0) this.#budgets.push(origin);
      request.origin = undefined;
    }
    request.calls = 0;
    request.depth = 1;
    this.#free.push(request);
  }
}
