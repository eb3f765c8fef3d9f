import type { Effects } from "../core/effects.ts";
import { CPU, MEMORY } from "../core/observation.ts";
import type { SimulatedService } from "./simulated-service.ts";
import type { Traversal } from "./traversal.ts";

/** Spread of the processor reading, percent. */
const CPU_NOISE = 1;

/**
 * One beat of one service at `at` (ms since the epoch): what has ended is recorded, the faults are taken
 * in, the service speaks of itself, and the requests that arrive until the next beat are followed. These
 * end in the future, so whoever records them does so on time, whichever service beats first.
 * @param slept time passed unseen before this beat: it stays a gap, whatever was under way is forgotten
 */
export function beat(
  service: SimulatedService,
  at: number,
  slept: boolean,
  effects: Readonly<Effects>,
  traversal: Traversal,
): void {
  const { completions, options } = service;
  completions.emit(at, slept ? at - options.interval : Number.NEGATIVE_INFINITY);
  service.settle(at, options.interval, effects);
  speak(service, at);
  arrive(service, at, traversal);
}

/** Counters, health check, heartbeat and gauges; silence when it hangs. */
function speak(service: SimulatedService, at: number): void {
  const { condition, options, recorder, random, memory } = service;
  if (condition === "hung") return;
  tellGrowth(service, at);
  if (condition === "refusing") {
    recorder.check(at, false, service.refusal);
    recorder.gauge(at, CPU, 0);
    recorder.gauge(at, MEMORY, memory.used);
    return;
  }
  const failed = random.chance(options.failed_checks);
  recorder.check(at, !failed, failed ? "not ready" : undefined);
  recorder.heartbeat(at);
  const cpu = service.cpuPercent + random.normal(0, CPU_NOISE);
  recorder.gauge(at, CPU, Math.min(100, Math.max(0, cpu)));
  recorder.gauge(at, MEMORY, memory.used);
}

/** What can grow is told even where it has not, so that it is known to stand still. */
function tellGrowth({ calls, grown, recorder }: SimulatedService, at: number): void {
  if (calls.length > 0) {
    recorder.count(at, "retries", grown.retries);
    recorder.count(at, "timeouts", grown.timeouts);
  }
  if (grown.restarts > 0) recorder.count(at, "restarts", grown.restarts);
  grown.retries = 0;
  grown.timeouts = 0;
  grown.restarts = 0;
}

/** Requests from outside come independently of each other: exponential gaps, which remember nothing. */
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
