import type { OriginContext } from "../types.ts";
import { whyImpossible } from "./calls.ts";
import { publish } from "./publish.ts";
import { Phase } from "./request.ts";
import { RequestPool } from "./request-pool.ts";
import type { OwnCall, OwnRequest, SimulatedService } from "./simulated-service.ts";

/** Time until a refusal reaches the caller, ms; the shortest latency of all. */
const REFUSED_MS = 1;
const REFUSED = "connection refused";
const OVERLOADED = "overloaded";
const INTERNAL_ERROR = "internal error";
const RESET = "connection reset";
/** Latencies are sums of times; this removes their rounding errors. Per ms. */
const LATENCY_STEPS = 1e6;

/**
 * Moves requests through their services: a request waits for a worker, in the order of arrival; does the work
 * of its service; publishes its messages and calls other services in parallel; and ends with the slowest
 * call. It occupies a worker during its own work only, as in an event-driven server: waiting for a callee
 * takes no worker. A caller that gives up removes a request that still waits; work under way is finished,
 * and its result is dropped. Every service records its own part. Times are in ms since the start of the
 * simulation.
 */
export class RequestFlow {
  readonly #send: OriginContext["send"];
  readonly #startedAt: number;
  readonly #pool = new RequestPool<SimulatedService>();
  /** The time of the current event. A field, because a number passed to a function is often allocated. */
  #now = 0;

  /** @param startedAt the start of the simulation, ms since the epoch */
  constructor(send: OriginContext["send"], startedAt: number) {
    this.#send = send;
    this.#startedAt = startedAt;
  }

  /** Runs the next event of a service, at `service.next`. */
  runNext(service: SimulatedService): void {
    const now = service.next;
    this.#now = now;
    if (service.schedule.next <= now) {
      const due = service.schedule.take();
      if (due.phase === Phase.timeouts) this.#timeOut(service, due as OwnCall);
      else this.#proceed(service, due as OwnRequest);
    } else if (service.nextArrival <= now) {
      service.drawArrival(now);
      this.#arrive(this.#pool.take(), service);
    } else this.#serve(service);
  }

  /** Gives the free workers to the longest waiting requests. */
  serveWaiting(service: SimulatedService, now: number): void {
    this.#now = now;
    this.#serve(service);
  }

  #serve(service: SimulatedService): void {
    const { workers, inFlight } = service;
    if (service.condition !== "up") return;
    workers.release(this.#now);
    while (inFlight.waiting > 0 && workers.free > 0) this.#start(service);
  }

  /** The process was killed: the requests in flight fail at `now`. Its condition must be "refusing" already. */
  abort(service: SimulatedService, now: number): void {
    this.#now = now;
    service.schedule.remove(isInProcess);
    service.workers.reset(this.#now);
    for (let request = service.inFlight.oldest; request; request = service.inFlight.oldest) {
      request.failure = RESET;
      this.#end(service, request);
    }
  }

  /** The service is removed: its requests end without a record, those that wait for them fail at `now`. */
  drop(service: SimulatedService, now: number): void {
    this.#now = now;
    service.schedule.remove((item) => {
      if (item.phase === Phase.refused) this.#reset(item as OwnRequest);
      return true;
    });
    for (let request = service.inFlight.oldest; request; request = service.inFlight.oldest) {
      service.inFlight.remove(request);
      this.#reset(request);
    }
  }

  /** Turns a request into the result "connection reset" for its caller; nothing is recorded. */
  #reset(request: OwnRequest): void {
    const { waitingCaller: caller } = request;
    if (caller === undefined) {
      request.call?.close(request);
      this.#pool.give(request);
      return;
    }
    // Requests that the removed service has called must not return to it.
    request.id += 1;
    request.failure = RESET;
    this.#answerAt(caller.service!, request, this.#now);
  }

  #arrive(request: OwnRequest, service: SimulatedService): void {
    const { inFlight, workers, condition } = service;
    request.service = service;
    request.arrivedAt = this.#now;
    request.route = service.route();
    inFlight.arrived += 1;
    if (condition === "refusing") {
      this.#refuse(service, request, REFUSED);
      return;
    }
    if (inFlight.waiting > 0) this.#serve(service);
    else workers.release(this.#now);
    const idle = condition === "up" && inFlight.waiting === 0 && workers.free > 0;
    if (!idle && inFlight.waiting >= service.backlog) {
      this.#refuse(service, request, OVERLOADED);
      return;
    }
    inFlight.add(request);
    if (idle) this.#start(service);
  }

  #refuse(service: SimulatedService, request: OwnRequest, reason: string): void {
    request.phase = Phase.refused;
    request.failure = reason;
    service.schedule.add(this.#now + REFUSED_MS, request);
  }

  /** Gives a free worker to the longest waiting request. */
  #start(service: SimulatedService): void {
    const request = service.inFlight.dequeue();
    request.phase = Phase.working;
    request.startedAt = this.#now;
    service.workers.occupy(this.#now);
    let workMs = REFUSED_MS;
    try {
      workMs = service.drawWork(request.route!);
    } catch (error) {
      this.#fail(service, request, error);
    }
    service.schedule.add(this.#now + workMs, request);
  }

  /** What a request did is over. */
  #proceed(service: SimulatedService, request: OwnRequest): void {
    switch (request.phase) {
      case Phase.working:
        this.#worked(service, request);
        break;
      case Phase.delayed:
        this.#callOthers(service, request);
        break;
      case Phase.refused:
        this.#record(service, request);
        this.#respond(request);
        break;
      default:
        this.#respond(request);
    }
  }

  #worked(service: SimulatedService, request: OwnRequest): void {
    const { workers } = service;
    workers.finish(this.#now, this.#now - request.startedAt);
    let delayMs = 0;
    try {
      delayMs = service.drawDelay();
      if (service.drawFailure(request.route!)) request.failure ??= INTERNAL_ERROR;
    } catch (error) {
      this.#fail(service, request, error);
    }
    if (service.inFlight.waiting > 0) this.#serve(service);
    if (delayMs > 0) {
      request.phase = Phase.delayed;
      service.schedule.add(this.#now + delayMs, request);
    } else this.#callOthers(service, request);
  }

  /** Publishes the messages of a request and makes its calls. */
  #callOthers(service: SimulatedService, request: OwnRequest): void {
    if (request.failure !== undefined) {
      this.#end(service, request);
      return;
    }
    if (service.publishing !== undefined) this.#publish(service, request);
    request.phase = Phase.calling;
    // One more than it makes, so that it cannot end before all are made.
    request.calls = 1;
    for (const call of service.calls) {
      if (!service.random.chance(call.probability)) continue;
      request.calls += 1;
      this.#attempt(service, request, call, 0);
    }
    request.calls -= 1;
    if (request.calls === 0) this.#end(service, request);
  }

  #publish(service: SimulatedService, request: OwnRequest): void {
    try {
      request.failure = publish(service, this.#send, this.#startedAt + this.#now);
    } catch (error) {
      this.#fail(service, request, error);
    }
  }

  #attempt(service: SimulatedService, caller: OwnRequest, call: OwnCall, attempt: number): void {
    const request = this.#pool.takeFor(caller);
    request.caller = caller;
    request.callerId = caller.id;
    request.call = call;
    request.attempt = attempt;
    request.depth = caller.depth + 1;
    request.failure = whyImpossible(caller, call);
    if (request.failure !== undefined) {
      this.#answerAt(service, request, this.#now + REFUSED_MS);
      return;
    }
    call.open(request, this.#now);
    if (!call.scheduled) {
      call.scheduled = true;
      service.schedule.add(request.deadline, call);
    }
    this.#arrive(request, call.callee);
    call.callee.group.changed(call.callee);
  }

  /** The result of a call reaches the caller at `at`. */
  #answerAt(caller: SimulatedService, request: OwnRequest, at: number): void {
    request.phase = Phase.answer;
    request.service = caller;
    if (caller.condition === "hung") caller.freeze(request, 0);
    else caller.schedule.add(at, request);
    caller.group.changed(caller);
  }

  /** The next timeout of a call is due: its caller gives up. */
  #timeOut(service: SimulatedService, call: OwnCall): void {
    for (let request = call.firstOpen; request; request = call.firstOpen) {
      if (request.deadline > this.#now) {
        service.schedule.add(request.deadline, call);
        return;
      }
      call.close(request);
      const { waitingCaller: caller, attempt } = request;
      this.#abandon(request);
      if (caller === undefined) continue;
      service.growth.timeouts += 1;
      this.#answer(caller, call, attempt, "timeout");
    }
    call.scheduled = false;
  }

  /** The caller of a request has given up. */
  #abandon(request: OwnRequest): void {
    const service = request.service!;
    request.caller = undefined;
    request.call = undefined;
    if (request.phase !== Phase.waiting) return;
    request.failure = "abandoned by its caller";
    this.#end(service, request);
    service.group.changed(service);
  }

  /** Ends a request of a service: it is recorded, and its caller gets the result. */
  #end(service: SimulatedService, request: OwnRequest): void {
    service.inFlight.remove(request);
    this.#record(service, request);
    this.#respond(request);
  }

  #record(service: SimulatedService, { route, arrivedAt, failure }: OwnRequest): void {
    const latencyMs = Math.max(
      REFUSED_MS,
      Math.round((this.#now - arrivedAt) * LATENCY_STEPS) / LATENCY_STEPS,
    );
    try {
      route!.recorder.request(this.#startedAt + this.#now, latencyMs, failure === undefined, failure);
    } catch (error) {
      service.problem = messageOf(error);
    }
  }

  /** Gives the result of an ended request to its caller, and the object back. */
  #respond(request: OwnRequest): void {
    const { call, attempt, failure, waitingCaller: caller } = request;
    call?.close(request);
    if (caller !== undefined && caller.service!.condition === "hung") {
      // It has ended: requests that an aborted one has called must not return to it.
      request.id += 1;
      request.phase = Phase.answer;
      caller.service!.freeze(request, 0);
      return;
    }
    this.#pool.give(request);
    if (caller !== undefined) this.#answer(caller, call!, attempt, failure);
  }

  /** A call of `caller` has a result: it is retried, or was the last one, or another one is still open. */
  #answer(caller: OwnRequest, call: OwnCall, attempt: number, failure: string | undefined): void {
    const service = caller.service!;
    if (failure !== undefined && attempt < call.retries) {
      service.growth.retries += 1;
      this.#attempt(service, caller, call, attempt + 1);
    } else {
      if (failure !== undefined) caller.failure ??= call.reasonFor(failure);
      caller.calls -= 1;
      if (caller.calls === 0) this.#end(service, caller);
    }
    service.group.changed(service);
  }

  /** An exception becomes a problem of the service that threw it, and an error of its request. */
  #fail(service: SimulatedService, request: OwnRequest, error: unknown): void {
    service.problem = messageOf(error);
    request.failure = INTERNAL_ERROR;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** True for what the process of the service itself does. */
function isInProcess(item: OwnRequest | OwnCall): boolean {
  return item.phase === Phase.working || item.phase === Phase.delayed;
}
