import { formatCount } from "../../core/text.ts";
import type { Route } from "./routing.ts";

/** So that a response at the very instant of the timeout is in time, ms. */
const GRACE_MS = 1e-7;

/** What a request is doing. */
export const Phase = {
  /** Not in use: in the pool. */
  free: 0,
  /** In the queue, without a worker. */
  waiting: 1,
  /** On a worker. */
  working: 2,
  /** Its work is done; a fault delays the rest. Occupies no worker. */
  delayed: 3,
  /** Waits for the services it called. Occupies no worker. */
  calling: 4,
  /** Turned away at its arrival; the refusal is on its way to the caller. */
  refused: 5,
  /** The result of a call that is on its way to the caller. */
  answer: 6,
  /** Not a request: the timeouts of a call. */
  timeouts: 7,
} as const;
export type Phase = (typeof Phase)[keyof typeof Phase];

/**
 * One request at one service. Objects are reused (see RequestPool), so whoever keeps one must know when it
 * ends: `id` changes then. Times are in ms since the start of the simulation.
 */
export class Request<Service extends { readonly name: string }> {
  id = 0;
  phase: Phase = Phase.free;
  /** Undefined in the pool only. */
  service: Service | undefined;
  route: Route | undefined;
  arrivedAt = 0;
  startedAt = 0;
  /** Why it failed so far; undefined: it did not. */
  failure: string | undefined;
  /** Its own calls without a final result. */
  calls = 0;
  /** Counts all requests that an arriving one causes; undefined as long as it causes none. */
  origin: CallBudget | undefined;
  /** The length of the chain of calls that led to it, with itself. */
  depth = 1;

  /** The request that made the call; undefined: from outside, or the caller has given up. */
  caller: Request<Service> | undefined;
  /** The id of `caller` when it made the call. */
  callerId = 0;
  call: Call<Service> | undefined;
  /** The number of the attempt, from 0. */
  attempt = 0;
  /** When the caller gives up. */
  deadline = 0;

  /** Neighbours among the requests in flight at its service, by arrival. */
  before: Request<Service> | undefined;
  after: Request<Service> | undefined;
  /** Neighbours among the open attempts of its call, by deadline. */
  openBefore: Request<Service> | undefined;
  openAfter: Request<Service> | undefined;

  /** The caller that still waits for the result, if there is one. */
  get waitingCaller(): Request<Service> | undefined {
    const { caller } = this;
    return caller !== undefined && caller.id === this.callerId ? caller : undefined;
  }
}

/** What an arriving request has caused, over all chains of calls, also when it has ended. */
export interface CallBudget {
  requests: number;
  /** Requests that refer to it. */
  holders: number;
}

/** The options of a call, in ms. */
export interface CallOptions {
  readonly probability: number;
  readonly timeout: number;
  readonly retries: number;
}

/** One entry of `calls:` with its resolved callee, and its attempts that have no result yet. */
export class Call<Service extends { readonly name: string }> {
  readonly phase = Phase.timeouts;
  readonly callee: Service;
  readonly probability: number;
  readonly retries: number;
  /** Whether the next timeout is in the schedule of the caller. */
  scheduled = false;
  readonly #timeoutMs: number;
  // There are few different failures, so each reason is formatted once.
  readonly #reasons: Map<string, string>;
  #firstOpen: Request<Service> | undefined;
  #lastOpen: Request<Service> | undefined;

  constructor(callee: Service, options: CallOptions) {
    this.callee = callee;
    this.probability = options.probability;
    this.retries = options.retries;
    this.#timeoutMs = options.timeout;
    const timeout = `${callee.name}: timeout after ${formatCount(options.timeout)} ms`;
    this.#reasons = new Map([["timeout", timeout]]);
  }

  /** The failure of the caller's request if the callee fails with `failure`. */
  reasonFor(failure: string): string {
    let reason = this.#reasons.get(failure);
    if (reason === undefined) {
      reason = `${this.callee.name}: ${failure}`;
      this.#reasons.set(failure, reason);
    }
    return reason;
  }

  /** The open attempt that times out first. All have the same timeout, so it is the oldest. */
  get firstOpen(): Request<Service> | undefined {
    return this.#firstOpen;
  }

  /** Starts the timeout of an attempt, at `now` (ms since the start of the simulation). */
  open(request: Request<Service>, now: number): void {
    request.deadline = now + this.#timeoutMs + GRACE_MS;
    request.openBefore = this.#lastOpen;
    if (this.#lastOpen === undefined) this.#firstOpen = request;
    else this.#lastOpen.openAfter = request;
    this.#lastOpen = request;
  }

  /** The attempt has a result, or its timeout is over. Closing it again does nothing. */
  close(request: Request<Service>): void {
    const { openBefore, openAfter } = request;
    if (openBefore === undefined && this.#firstOpen !== request) return;
    if (openBefore === undefined) this.#firstOpen = openAfter;
    else openBefore.openAfter = openAfter;
    if (openAfter === undefined) this.#lastOpen = openBefore;
    else openAfter.openBefore = openBefore;
    request.openBefore = undefined;
    request.openAfter = undefined;
  }
}
