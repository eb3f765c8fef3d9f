import { Phase, Request } from "./request.ts";

/** Requests for reuse, so that a simulated request allocates nothing. */
export class RequestPool<Service extends { readonly name: string }> {
  readonly #free: Request<Service>[] = [];

  take(): Request<Service> {
    return this.#free.pop() ?? new Request<Service>();
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
    request.calls = 0;
    request.depth = 1;
    request.root = undefined;
    request.caused = 0;
    this.#free.push(request);
  }
}
