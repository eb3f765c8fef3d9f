import type { SimulatedService } from "./simulated-service.ts";
import type { Traversal } from "./traversal.ts";

/** Standard deviation of the CPU reading, percent. */
const CPU_NOISE = 1;

/**
 * Runs one step of a service at `at` (ms since the epoch), after its effects were updated: records ended
 * requests, applies the effects, records the state of the service, and simulates the requests that arrive
 * until the next step. Those end in the future and are recorded then, so the order in which services step
 * does not matter.
 * @param slept steps before this one were skipped: the gap stays empty, requests in flight are dropped
 */
export function step(service: SimulatedService, at: number, slept: boolean, traversal: Traversal): void {
  const { completions, options } = service;
  completions.emit(at, slept ? at - options.interval : Number.NEGATIVE_INFINITY);
  service.settle(at, options.interval);
  recordState(service, at);
  arrive(service, at, traversal);
}

/** Counters, health check, heartbeat and gauges; nothing while the service hangs. */
function recordState(service: SimulatedService, at: number): void {
  const { condition, options, recorder, random, memory } = service;
  if (condition === "hung") return;
  service.growth.record(at, service.calls.length > 0);
  if (condition === "refusing") {
    recorder.check(at, false, service.refusal);
    recorder.cpu(at, 0);
    recorder.memory(at, memory.used);
    return;
  }
  const failed = random.chance(options.failed_checks);
  recorder.check(at, !failed, failed ? "not ready" : undefined);
  recorder.heartbeat(at);
  const cpu = service.cpuPercent + random.normal(0, CPU_NOISE);
  recorder.cpu(at, Math.min(100, Math.max(0, cpu)));
  recorder.memory(at, memory.used);
}

/** Requests from outside arrive independently, so the gaps are exponentially distributed. */
function arrive(service: SimulatedService, at: number, traversal: Traversal): void {
  const rate = service.outsideRate;
  if (rate === 0 || service.condition === "hung") return;
  const meanGapMs = 1000 / rate;
  const end = at + service.options.interval;
  for (let next = at + service.random.exponential(meanGapMs); next < end; ) {
    traversal.serve(service, next);
    next += service.random.exponential(meanGapMs);
  }
}
