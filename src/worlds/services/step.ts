import type { RequestFlow } from "./request-flow.ts";
import type { SimulatedService } from "./simulated-service.ts";

/** Standard deviation of the CPU reading, percent. */
const CPU_NOISE = 1;
/** A health check without a response fails after this time, ms. */
const CHECK_TIMEOUT_MS = 1000;

/**
 * Runs one step of a service at `at` (ms since the epoch), after its effects were updated: simulates all
 * requests of its group up to now, applies the effects, and records the state of the service.
 * @param now the same instant, ms since the start of the simulation
 * @param slept steps before this one were skipped: time stood still for the requests, so the gap stays empty
 */
export function step(
  service: SimulatedService,
  at: number,
  now: number,
  slept: boolean,
  flow: RequestFlow,
): void {
  const { group, options } = service;
  const gapMs = now - options.interval - group.now;
  if (slept && gapMs > 0) for (const each of group.services) each.postpone(gapMs);
  group.advance(now, flow);
  // On a real clock another service may have stepped a little earlier than its turn.
  service.settle(at, group.now, flow);
  recordState(service, at, group.now);
}

/** Requests in flight, counters, health check, heartbeat and gauges. */
function recordState(service: SimulatedService, at: number, now: number): void {
  const { condition, recorder, random, memory, inFlight, growth } = service;
  const { oldest } = inFlight;
  const oldestMs = oldest === undefined ? 0 : now - oldest.arrivedAt;
  recorder.inFlight(at, inFlight.size, oldestMs, inFlight.arrived);
  inFlight.arrived = 0;
  if (condition === "hung") {
    if (now - service.hungAt >= CHECK_TIMEOUT_MS) recorder.check(at, false, "no response");
    return;
  }
  growth.record(at, service.calls.length > 0);
  if (condition === "refusing") {
    recorder.check(at, false, service.refusal);
    recorder.cpu(at, 0);
    recorder.memory(at, memory.used);
    return;
  }
  const failed = random.chance(service.options.failed_checks);
  recorder.check(at, !failed, failed ? "not ready" : undefined);
  recorder.heartbeat(at);
  const cpu = service.cpuPercent + random.normal(0, CPU_NOISE);
  recorder.cpu(at, Math.min(100, Math.max(0, cpu)));
  recorder.memory(at, memory.used);
}
