import type { OriginContext } from "../types.ts";
import { MAX_CALL_DEPTH, MAX_CALLS } from "./demand.ts";
import type { Route } from "./routing.ts";
import type { Call, SimulatedService } from "./simulated-service.ts";

/** The latency of a refused request, ms. */
const REFUSED_MS = 1;
const REFUSED = "connection refused";

/**
 * Simulates a request through all services it reaches. A request does the work of its service first; then it
 * publishes its messages and calls other services in parallel, and waits for the slowest call. Every service
 * records its own part. The reason of a failure is left in `failure`, to avoid allocations.
 */
export class Traversal {
  /** Why the last simulated request failed; undefined if it succeeded. */
  failure: string | undefined;
  #depth = 0;
  /** Requests simulated for the arriving one. */
  #made = 0;
  readonly #send: OriginContext["send"];

  constructor(send: OriginContext["send"]) {
    this.#send = send;
  }

  /**
   * Simulates a request that arrives at `at` (ms since the epoch). Returns its latency, ms; Infinity if it
   * gets no response. An exception becomes a problem of the service that threw it.
   */
  serve(service: SimulatedService, at: number): number {
    const depth = this.#depth;
    this.#depth = depth + 1;
    this.#made = depth === 0 ? 1 : this.#made + 1;
    try {
      return this.#answer(service, at);
    } catch (error) {
      service.problem = error instanceof Error ? error.message : String(error);
      this.failure = "internal error";
      return REFUSED_MS;
    } finally {
      service.onPath = false;
      this.#depth = depth;
    }
  }

  #answer(service: SimulatedService, at: number): number {
    if (service.condition === "hung") {
      this.failure = "no response";
      return Number.POSITIVE_INFINITY;
    }
    const route = service.route();
    if (service.condition === "refusing") return this.#end(service, route, at, REFUSED_MS, REFUSED);
    if (!service.load.arrive()) return this.#end(service, route, at, REFUSED_MS, "overloaded");

    const work = service.drawWork(route);
    if (service.drawFailure(route)) return this.#end(service, route, at, work, "internal error");

    let slowest = 0;
    let failure = this.#publish(service, at + work);
    service.onPath = true;
    for (const call of service.calls) {
      if (!service.random.chance(call.probability)) continue;
      slowest = Math.max(slowest, this.#call(service, call, at + work));
      if (this.failure !== undefined) failure ??= call.reasonFor(this.failure);
    }
    return this.#end(service, route, at, work + slowest, failure);
  }

  /** Publishes the messages of one request; returns why the request fails, if it does. */
  #publish({ publishing, options }: SimulatedService, at: number): string | undefined {
    if (publishing === undefined) return undefined;
    let failure: string | undefined;
    for (const { to, probability, on_failure } of options.publishes) {
      if (!publishing.chance(probability)) continue;
      const refusal = this.#send(to, at);
      if (refusal !== undefined && on_failure === "fail") failure ??= `${to}: ${refusal}`;
    }
    return failure;
  }

  /** Makes all attempts of one call; returns the wait of the caller, ms. */
  #call(caller: SimulatedService, call: Call, at: number): number {
    let waited = 0;
    for (let attempt = 0; attempt <= call.retries; attempt += 1) {
      if (attempt > 0) caller.growth.retries += 1;
      waited += this.#attempt(caller, call, at + waited);
      if (this.failure === undefined) break;
    }
    return waited;
  }

  #attempt(caller: SimulatedService, call: Call, at: number): number {
    if (caller.effects.cutCalls) return this.#fail("unreachable");
    if (call.callee.onPath) return this.#fail("call cycle");
    if (this.#depth >= MAX_CALL_DEPTH) return this.#fail("call chain too long");
    if (this.#made >= MAX_CALLS) return this.#fail("too many calls");
    const took = this.serve(call.callee, at);
    if (took <= call.timeoutMs) return took;
    this.failure = "timeout";
    caller.growth.timeouts += 1;
    return call.timeoutMs;
  }

  #fail(reason: string): number {
    this.failure = reason;
    return REFUSED_MS;
  }

  #end(
    service: SimulatedService,
    route: Route,
    at: number,
    latencyMs: number,
    failure: string | undefined,
  ): number {
    service.completions.add(at + latencyMs, latencyMs, failure, route.recorder);
    this.failure = failure;
    return latencyMs;
  }
}
