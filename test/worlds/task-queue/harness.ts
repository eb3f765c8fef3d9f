import type { z } from "zod";
import type { Tick } from "../../../src/core/clock.ts";
import type { Labels, Metric } from "../../../src/core/metric.ts";
import type { Recorder } from "../../../src/core/observation.ts";
import { checkedParams, type Params } from "../../../src/core/params.ts";
import { createRandom } from "../../../src/core/random.ts";
import { createVirtualClock } from "../../../src/core/virtual-clock.ts";
import { taskQueue } from "../../../src/worlds/task-queue/index.ts";
import { optionsSchema } from "../../../src/worlds/task-queue/options.ts";
import { TaskQueueWorld } from "../../../src/worlds/task-queue/world.ts";
import type { EntityDeclaration, OriginContext, Watched } from "../../../src/worlds/types.ts";

/** All recordings of one entity. */
export class Recording {
  readonly counters = new Map<string, number>();
  readonly gauges = new Map<string, number>();
  readonly values = new Map<string, number[]>();
  readonly failures: string[] = [];
  readonly seen: number[] = [];
  missed = 0;

  count(metric: string): number {
    return this.counters.get(metric) ?? 0;
  }

  gauge(metric: string): number {
    return this.gauges.get(metric) ?? Number.NaN;
  }

  times(metric: string): readonly number[] {
    return this.values.get(metric) ?? [];
  }
}

interface ActiveFault {
  readonly entity: string;
  readonly kind: string;
  readonly params: Params;
  readonly startedAt: number;
  readonly endsAt: number;
}

/** Options as in a config, with defaults. */
export type Input = z.input<ReturnType<typeof optionsSchema>>;

/** A task queue world on a virtual clock, with its recordings. */
export function startTaskQueue(input: Input, { seed = 1, trace = false, keepTimes = true } = {}) {
  const clock = createVirtualClock();
  const startedAt = clock.now();
  const recordings = new Map<string, Recording>();
  const discovered = new Set<string>();
  const lines: string[] = [];
  let faults: ActiveFault[] = [];
  let period: ((tick: Tick) => void) | undefined;

  const note = (at: number, entity: string, what: string, value: unknown) => {
    if (!Number.isFinite(at) || at > clock.now()) throw new Error(`${entity} ${what}: recorded at ${at}`);
    if (trace) lines.push(`${at} ${entity} ${what} ${String(value)}`);
  };

  function record(entity: string): Recording {
    let recording = recordings.get(entity);
    if (recording === undefined) {
      recording = new Recording();
      recordings.set(entity, recording);
    }
    return recording;
  }

  function recorder(entity: string): Recorder {
    const own = record(entity);
    const checked = ({ name, min, max, type }: Metric, value: number) => {
      const lowest = min ?? (type === "gauge" ? Number.NEGATIVE_INFINITY : 0);
      if (!(value >= lowest && value <= (max ?? Number.MAX_VALUE))) {
        throw new Error(`${entity} ${name}: ${value}`);
      }
    };
    return {
      histogram: (metric: Metric<"histogram">, _labels?: Labels) => ({
        record(at, value) {
          note(at, entity, metric.name, value);
          checked(metric, value);
          if (!keepTimes) return true;
          const values = own.values.get(metric.name) ?? [];
          values.push(value);
          own.values.set(metric.name, values);
          return true;
        },
        recordBuckets: () => false,
      }),
      counter: (metric) => ({
        add(at, by) {
          note(at, entity, metric.name, by);
          checked(metric, by);
          own.counters.set(metric.name, own.count(metric.name) + by);
        },
      }),
      gauge: (metric) => ({
        set(at, value) {
          note(at, entity, metric.name, value);
          checked(metric, value);
          own.gauges.set(metric.name, value);
        },
      }),
      lifeSign: (name) => ({
        seen(at) {
          note(at, entity, name, "seen");
          own.seen.push(at);
        },
        missed(at) {
          note(at, entity, name, "missed");
          own.missed += 1;
        },
      }),
      failure(at, reason) {
        note(at, entity, "failure", reason);
        own.failures.push(reason);
      },
    };
  }

  const kinds = new Map(taskQueue.faultKinds.map((kind) => [kind.kind, kind]));
  const context: OriginContext = {
    clock: {
      ...clock,
      every(periodMs, fn) {
        period = fn;
        return clock.every(periodMs, fn);
      },
    },
    random: (name) => createRandom(seed, name),
    live: false,
    applyFaults(entity, at, effects) {
      for (const fault of faults) {
        if (fault.entity !== entity || fault.endsAt <= at) continue;
        kinds.get(fault.kind)!.apply(effects as never, fault.params as never, at - fault.startedAt);
      }
    },
    send: () => "no other world",
    discover(entity) {
      discovered.add(entity.name);
      return recorder(entity.name);
    },
    retire(entity) {
      if (!discovered.delete(entity)) throw new Error(`${entity} was not discovered`);
    },
    report: () => {},
  };

  const watch = (next: Input): Watched[] =>
    taskQueue
      .entities(optionsSchema().parse(next), "test")
      .map((entity: EntityDeclaration) => ({ entity, recorder: recorder(entity.name) }));
  const world = new TaskQueueWorld(watch(input), context);

  return {
    clock,
    world,
    record,
    discovered,
    lines,
    /** Runs for the given virtual time, ms. */
    run(ms: number): void {
      clock.runUntil(clock.now() + ms);
    },
    /** Moves the clock ahead; the next step reports the skipped ones. */
    sleep(ms: number): void {
      if (period === undefined) throw new Error("The world has no steps.");
      const step = period;
      world.stop();
      clock.runUntil(clock.now() + ms);
      step({ at: clock.now(), lateMs: ms, skipped: Math.floor(ms / 100) });
      clock.every(100, step);
    },
    elapsed: () => clock.now() - startedAt,
    inject(entity: string, kind: string, params: Params = {}, ttlMs = 1e12): () => void {
      const fault: ActiveFault = {
        entity,
        kind,
        params: checkedParams(kind, kinds.get(kind)!.params, params),
        startedAt: clock.now(),
        endsAt: clock.now() + ttlMs,
      };
      faults.push(fault);
      return () => {
        faults = faults.filter((each) => each !== fault);
      };
    },
    act(entity: string, action: string, params: Params = {}): string {
      const kind = taskQueue.actionKinds.find((each) => each.kind === action)!;
      return world.act(action, entity, checkedParams(action, kind.params, params), clock.now());
    },
    update(next: Input): void {
      world.update(watch(next));
    },
    /** The broker's and the consumers' state of every message of a queue or topic. */
    messages(name: string) {
      const { channels } = world.population.queues.get(name)!.queue;
      const sum = (of: (channel: (typeof channels)[number]) => number) =>
        channels.reduce((total, channel) => total + of(channel), 0);
      return {
        published: sum(({ log }) => log.totals.published),
        waiting: sum(({ depth }) => depth),
        delayed: sum(({ delayed }) => delayed),
        inFlight: sum(({ unacked, ackedEarly }) => unacked.size + ackedEarly),
        completed: sum(({ log }) => log.totals.completed),
        deadLetters: sum(({ deadLetters }) => deadLetters.size),
        lost: sum(({ log }) => log.totals.lost),
        sideEffects: sum(({ log }) => log.totals.sideEffects),
        duplicates: sum(({ log }) => log.totals.duplicates),
      };
    },
  };
}

export type Started = ReturnType<typeof startTaskQueue>;

type Item<Key extends keyof Input> = Partial<NonNullable<Input[Key]>[number]>;
type Clients = { readonly producer?: Item<"producers">; readonly consumers?: Item<"consumers"> };

/** A queue `q`, a producer `p` and a group `c`, with overrides. */
export function oneQueue({
  queue = {},
  producer = {},
  consumers = {},
}: Clients & { readonly queue?: Item<"queues"> } = {}) {
  return {
    queues: [{ name: "q", ...queue }],
    producers: [{ name: "p", to: "q", rate: 20, ...producer }],
    consumers: [{ name: "c", from: "q", count: 3, ...consumers }],
  };
}

/** A topic `t` of three partitions, a producer `p` and a group `c`. */
export function oneTopic({
  topic = {},
  producer = {},
  consumers = {},
}: Clients & { readonly topic?: Item<"topics"> } = {}) {
  return {
    topics: [{ name: "t", ...topic }],
    producers: [{ name: "p", to: "t", rate: 15, ...producer }],
    consumers: [{ name: "c", from: "t", count: 3, ...consumers }],
  };
}
