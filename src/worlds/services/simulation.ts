import { isDeepStrictEqual } from "node:util";
import type { Cancel } from "../../core/clock.ts";
import { atOnce, isTurn, type Work } from "../../core/sliced-work.ts";
import type { OpenOrigin, OriginContext, Watched } from "../types.ts";
import { linkCalls } from "./calls.ts";
import { usualRates } from "./demand.ts";
import { resetEffects } from "./effects.ts";
import { regroup } from "./groups.ts";
import type { SimOptions } from "./options.ts";
import { RequestFlow } from "./request-flow.ts";
import { SimulatedService } from "./simulated-service.ts";
import { step } from "./step.ts";

/** A problem that has not recurred for this long is over, ms, because not every step triggers it. */
const QUIET_MS = 5000;
/** The maximum number of services that step in the same millisecond without a visible delay. */
const AT_ONCE = 50;

/** A service with a running timer. */
interface Running {
  readonly watched: Watched<SimOptions>;
  readonly service: SimulatedService;
  cancel: Cancel;
  /** The time of its newest problem, ms since the epoch; undefined without a reported problem. */
  problemAt: number | undefined;
}

/**
 * Starts a simulation of services that call each other. Each service has its own timer and random streams,
 * so its results depend only on the services it is connected to by calls.
 * @param watched entities of the kind `service` with SimOptions
 */
export function openSimulation(watched: readonly Watched[], context: OriginContext): OpenOrigin {
  const startedAt = context.clock.now();
  const flow = new RequestFlow(context.send, startedAt);
  const running = new Map<string, Running>();

  function reportProblem(each: Running, at: number): void {
    const { service, problemAt } = each;
    const failure = service.problem;
    service.problem = undefined;
    if (failure !== undefined) {
      each.problemAt = at;
      if (problemAt === undefined) context.report(service.name, `the simulation failed: ${failure}`);
    } else if (problemAt !== undefined && at - problemAt >= QUIET_MS) {
      each.problemAt = undefined;
      context.report(service.name, undefined);
    }
  }

  function run(each: Running, at: number, slept: boolean): void {
    const { service } = each;
    try {
      resetEffects(service.effects);
      context.applyFaults(service.name, at, service.effects);
      step(service, at, at - startedAt, slept, flow);
    } catch (error) {
      service.problem = error instanceof Error ? error.message : String(error);
    }
    reportProblem(each, at);
  }

  /** Schedules the first step in one of `slots` slots of the interval, drawn at random. */
  function start(each: Running, slots: number): void {
    const { service } = each;
    const { interval } = service.options;
    const phase = Math.floor((Math.floor(service.random.next() * slots) / slots) * interval);
    each.cancel = context.clock.after(phase, () => {
      each.cancel = context.clock.every(interval, ({ at, skipped }) => run(each, at, skipped > 0));
      run(each, context.clock.now(), false);
    });
  }

  function end(each: Running): void {
    each.cancel();
    flow.drop(each.service, context.clock.now() - startedAt);
    running.delete(each.service.name);
  }

  /** Nothing is changed before all services are made: the simulation goes on between the slices. */
  function* update(next: readonly Watched<SimOptions>[]): Work {
    const rates = usualRates(next.map(({ entity }) => entity));
    const rateOf = ({ entity }: Watched) => rates.get(entity.name) ?? 0;
    const kept = new Map<string, number>();
    const started: Running[] = [];
    for (const [nth, one] of next.entries()) {
      const before = running.get(one.entity.name);
      if (before !== undefined && isUnchanged(before.watched, one)) kept.set(one.entity.name, rateOf(one));
      else {
        const service = new SimulatedService(one, rateOf(one), context.random);
        started.push({ watched: one, service, cancel: () => {}, problemAt: undefined });
      }
      if (isTurn(nth)) yield;
    }

    const names = new Set(next.map(({ entity }) => entity.name));
    const groupTime = new Map<SimulatedService, number>();
    for (const each of [...running.values()]) {
      const { service, problemAt } = each;
      const rate = kept.get(service.name);
      if (rate !== undefined) {
        groupTime.set(service, service.group.now);
        service.setUsualRate(rate);
        continue;
      }
      end(each);
      if (problemAt !== undefined && names.has(service.name)) context.report(service.name, undefined);
    }
    for (const each of started) running.set(each.service.name, each);

    const services = new Map([...running].map(([name, { service }]) => [name, service]));
    for (const service of services.values()) service.calls = linkCalls(service, services);
    regroup([...services.values()], (service) => groupTime.get(service));
    const slots = stepSlots(running.size);
    for (const each of started) start(each, slots);
  }

  // The monitor passes only entities of the origin's own kinds, with options parsed by its schema.
  atOnce(update(watched as readonly Watched<SimOptions>[]));
  return {
    update: (next) => update(next as readonly Watched<SimOptions>[]),
    stop() {
      for (const each of [...running.values()]) end(each);
    },
  };
}

/** An entity that was removed and added again has a new recorder and must restart. */
function isUnchanged(before: Watched<SimOptions>, now: Watched<SimOptions>): boolean {
  return before.recorder === now.recorder && isDeepStrictEqual(before.entity.options, now.entity.options);
}

/**
 * The number of slots that spread the steps over an interval: enough that ten thousand services do not block
 * the screen, few enough that a small fleet does not wake the CPU too often.
 */
function stepSlots(services: number): number {
  return Math.max(4, Math.ceil(services / AT_ONCE));
}
