import type { Beat, Cancel } from "../core/clock.ts";
import { formatCount } from "../core/text.ts";
import { beat } from "./beat.ts";
import { defaultCapacity, usualRates } from "./demand.ts";
import { type Call, SimulatedService } from "./simulated-service.ts";
import { Traversal } from "./traversal.ts";
import type { SimContext, SimService } from "./types.ts";

/** So long without a problem means that it is over, ms: not every beat meets it again. */
const QUIET_MS = 5000;

/** A simulated fleet at work. */
export interface World {
  /** Ends every timer. */
  stop(): void;
}

/** Calls to services outside the simulation cost nothing and never fail: nobody here knows them. */
function linkCalls(service: SimulatedService, all: ReadonlyMap<string, SimulatedService>): Call[] {
  const calls: Call[] = [];
  for (const { service: name, probability, timeout, retries } of service.options.calls) {
    const callee = all.get(name);
    if (!callee) continue;
    const reasons = new Map([["timeout", `${name}: timeout after ${formatCount(timeout)} ms`]]);
    const reasonFor = (failure: string): string => {
      let reason = reasons.get(failure);
      if (reason === undefined) {
        reason = `${name}: ${failure}`;
        reasons.set(failure, reason);
      }
      return reason;
    };
    calls.push({ callee, probability, timeoutMs: timeout, retries, reasonFor });
  }
  return calls;
}

/** Services that may beat in the same millisecond without anybody noticing. */
const AT_ONCE = 50;

/**
 * Into how many groups the beats of a fleet are spread over an interval: enough that ten thousand services do
 * not stall the screen, few enough that a small fleet does not wake the processor all the time.
 */
function beatGroups(services: number): number {
  return Math.max(4, Math.ceil(services / AT_ONCE));
}

/**
 * Sets a fleet of services to work that call each other. Each beats on its own timer and draws from its
 * own streams, so what one shows depends on itself and on those it has calls with, not on the others.
 */
export function openWorld(services: readonly SimService[], context: SimContext): World {
  const rates = usualRates(services);
  const all = new Map<string, SimulatedService>();
  for (const service of services) {
    const usualRate = rates.get(service.service) ?? 0;
    const capacity = service.options.capacity ?? defaultCapacity(usualRate);
    all.set(service.service, new SimulatedService(service, usualRate, capacity, context.random));
  }
  const traversal = new Traversal();
  const lastProblemAt = new Map<SimulatedService, number>();
  const timers: Cancel[] = [];

  /** Tells of a problem when it begins, and when it has not come back for a while. */
  function tellProblem(service: SimulatedService, at: number): void {
    const { problem } = service;
    const lastAt = lastProblemAt.get(service);
    service.problem = undefined;
    if (problem !== undefined) {
      lastProblemAt.set(service, at);
      if (lastAt === undefined) context.report(service.name, `the simulation failed: ${problem}`);
    } else if (lastAt !== undefined && at - lastAt >= QUIET_MS) {
      lastProblemAt.delete(service);
      context.report(service.name, undefined);
    }
  }

  function run(service: SimulatedService, { at, skipped }: Beat): void {
    try {
      beat(service, at, skipped > 0, context.effects(service.name, at), traversal);
    } catch (error) {
      service.problem = error instanceof Error ? error.message : String(error);
      service.completions.clear();
    }
    tellProblem(service, at);
  }

  const groups = beatGroups(services.length);
  for (const service of all.values()) {
    service.calls = linkCalls(service, all);
    const { interval } = service.options;
    const phase = Math.floor((Math.floor(service.random.next() * groups) / groups) * interval);
    const first = context.clock.after(phase, () => {
      timers.push(context.clock.every(interval, (due) => run(service, due)));
      run(service, { at: context.clock.now(), lateMs: 0, skipped: 0 });
    });
    timers.push(first);
  }

  return {
    stop() {
      for (const cancel of timers.splice(0)) cancel();
    },
  };
}
