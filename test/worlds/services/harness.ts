import type { Clock } from "../../../src/core/clock.ts";
import type { Recorder } from "../../../src/core/observation.ts";
import { defaultParams, type Params } from "../../../src/core/params.ts";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { atOnce, type Work } from "../../../src/core/sliced-work.ts";
import { createVirtualClock } from "../../../src/core/virtual-clock.ts";
import type { AnyFaultKind } from "../../../src/faults/types.ts";
import { serviceFaults } from "../../../src/worlds/services/faults/index.ts";
import {
  type SimOptions,
  type SimOptionsInput,
  serviceLinks,
  simOptionsSchema,
} from "../../../src/worlds/services/options.ts";
import { openSimulation } from "../../../src/worlds/services/simulation.ts";
import type { EntityDeclaration, OriginContext } from "../../../src/worlds/types.ts";
import { createFakeContext } from "../../sources/fake-context.ts";
import { createRecording, type Recording, type SeenRequest } from "../../sources/recording.ts";

/** Options of simulated services by name. */
export type Services = Readonly<Record<string, SimOptionsInput>>;

export interface Setting {
  readonly seed?: number;
  readonly clock?: Clock;
  readonly applyFaults?: OriginContext["applyFaults"];
  readonly send?: OriginContext["send"];
  /** Wraps the random stream of a name. */
  readonly wrapRandom?: (name: string, random: Random) => Random;
  /** Wraps the recorder of a service. */
  readonly wrap?: (service: string, recorder: Recorder) => Recorder;
}

/** A stable service, so that only the changes of a test have effects. */
export const CALM = { base_latency: 100, deviation: 0, rate: 50, spikes: { factor: 1 } } as const;

export function declare(name: string, input: SimOptionsInput): EntityDeclaration<SimOptions> {
  const options = simOptionsSchema().parse(input);
  return { name, kind: "service", links: serviceLinks(options), cadenceMs: options.interval, options };
}

/** Starts a simulation and keeps its observations. */
export function startSimulation(services: Services, setting: Setting = {}) {
  const virtual = createVirtualClock();
  const clock = setting.clock ?? virtual;
  const problems: (readonly [service: string, problem: string | undefined])[] = [];
  const all = new Map<string, Recording>();
  const recorders = new Map<string, Recorder>();
  const streams: string[] = [];
  let faults: { entity: string; kind: AnyFaultKind; params: Params; startedAt: number }[] = [];

  function watched(next: Services) {
    return Object.entries(next).map(([name, input]) => {
      if (!recorders.has(name)) {
        const recording = createRecording(() => clock.now());
        all.set(name, recording);
        recorders.set(name, setting.wrap?.(name, recording.recorder) ?? recording.recorder);
      }
      return { entity: declare(name, input), recorder: recorders.get(name)! };
    });
  }

  const { context, timers } = createFakeContext(clock, {
    live: false,
    random: (name) => {
      streams.push(name);
      const random = createRandom(setting.seed ?? 1, name);
      return setting.wrapRandom?.(name, random) ?? random;
    },
    applyFaults:
      setting.applyFaults ??
      ((entity, at, effects) => {
        for (const fault of faults) {
          if (fault.entity === entity) fault.kind.apply(effects, fault.params, at - fault.startedAt);
        }
      }),
    ...(setting.send && { send: setting.send }),
    report: (service, problem) => void problems.push([service, problem]),
  });
  const simulation = openSimulation(watched(services), context);

  return {
    clock,
    problems,
    simulation,
    timers,
    seen: (service: string): Recording => all.get(service)!,
    /** The observations of every service as plain data. */
    observations: (): Record<string, unknown> =>
      Object.fromEntries([...all].map(([name, recording]) => [name, plain(recording)])),
    /** The requested random streams. */
    streams,
    /** Advances time, ms. */
    run: (ms: number) => virtual.runUntil(virtual.now() + ms),
    update: (next: Services) => atOnce(simulation.update!(watched(next)) as Work),
    /** The next declaration of this service gets a new recorder, as after a removal from the store. */
    forget(service: string) {
      recorders.delete(service);
      all.delete(service);
    },
    /** Injects a fault; `level` is its first parameter. */
    inject(entity: string, kind: keyof typeof serviceFaults, level?: number) {
      const known: AnyFaultKind = serviceFaults[kind];
      const [first] = Object.keys(known.params);
      const chosen = first === undefined || level === undefined ? {} : { [first]: level };
      const params = { ...defaultParams(known.params), ...chosen };
      faults.push({ entity, kind: known, params, startedAt: clock.now() });
    },
    clearFaults() {
      faults = [];
    },
    /** Requests that ended since `from` (ms since the epoch). */
    since: (service: string, from: number) => all.get(service)!.requests.filter(({ at }) => at > from),
  };
}

export type Started = ReturnType<typeof startSimulation>;

function plain({ requests, checks, heartbeats, gauges, counters }: Recording) {
  return structuredClone({ requests, checks, heartbeats, gauges, counters });
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The smallest value that at least this share of all does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1]!;
}

export function failedShare(requests: readonly SeenRequest[]): number {
  return requests.filter(({ ok }) => !ok).length / requests.length;
}
