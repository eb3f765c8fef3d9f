import type { Cancel } from "../../core/clock.ts";
import type { Params } from "../../core/params.ts";
import type { OpenOrigin, OriginContext, Watched } from "../types.ts";
import { type ActionTarget, runAction } from "./actions.ts";
import { type Effects, resetEffects } from "./effects.ts";
import { CADENCE_MS } from "./entities.ts";
import * as m from "./kinds/metrics.ts";
import { Population } from "./population.ts";
import type { Consumer } from "./sim/consumer.ts";
import type { Group } from "./sim/group.ts";
import type { Part, Queue } from "./sim/queue.ts";
import { Timeline } from "./sim/timeline.ts";

/** Time between two steps of the simulation, ms. Within a step every event has its exact time. */
const STEP_MS = 100;
const STEPS_PER_REPORT = CADENCE_MS / STEP_MS;

/** Simulates queues, topics, producers and consumers: a discrete-event simulation that advances in steps. */
export class TaskQueueWorld implements OpenOrigin {
  readonly population: Population;
  readonly #context: OriginContext;
  readonly #timeline: Timeline;
  readonly #cancel: Cancel;
  #steps = 0;

  constructor(watched: readonly Watched[], context: OriginContext) {
    this.#context = context;
    this.#timeline = new Timeline(context.clock.now(), STEP_MS);
    this.population = new Population(this.#timeline, context);
    this.population.update(watched);
    this.#cancel = context.clock.every(STEP_MS, ({ at, skipped }) => this.#step(at, skipped > 0));
  }

  update(watched: readonly Watched[]): void {
    this.population.update(watched);
  }

  receive(entity: string, at: number): string | undefined {
    const target = this.#target(entity);
    if (target === undefined) return `unknown queue ${entity}`;
    return target.queue.receive(this.#timeline.worldTime(at));
  }

  act(action: string, entity: string, params: Params, at: number): string {
    const target = this.#target(entity);
    if (target === undefined) throw new RangeError(`This world has no entity ${entity}.`);
    this.#timeline.advance(at);
    return runAction(action, target, params);
  }

  stop(): void {
    this.#cancel();
  }

  #step(at: number, slept: boolean): void {
    this.#timeline.advance(at, slept);
    this.#takeFaults(at);
    for (const group of this.population.groups.values()) group.step();
    for (const { queue, consumers } of this.population.queues.values()) {
      queue.wake();
      consumers.step();
    }
    for (const producer of this.population.producers.values()) producer.catchUp();
    if (this.#steps % STEPS_PER_REPORT === 0) this.#report();
    this.#steps += 1;
  }

  /** Applies the current faults; their effects start and end here. */
  #takeFaults(at: number): void {
    const { queues, groups, producers } = this.population;
    for (const { queue, partitions } of queues.values()) {
      this.#refresh(queue.name, queue.effects, at);
      for (const [name, { part }] of partitions) this.#refresh(name, part.effects, at);
      for (const part of queue.parts) this.#applyToPart(queue, part);
      publishPoisonOf(queue, queue);
      if (queue.partitioned) for (const part of queue.parts) publishPoisonOf(queue, part, part);
    }
    for (const group of groups.values()) {
      for (const { consumer } of group.consumers) {
        this.#refresh(consumer.name, consumer.effects, at);
        applyToConsumer(group.queue, consumer);
      }
    }
    for (const producer of producers.values()) {
      this.#refresh(producer.name, producer.effects, at);
      producer.adjust();
    }
  }

  #refresh(entity: string, effects: Effects, at: number): void {
    resetEffects(effects);
    this.#context.applyFaults(entity, at, effects);
  }

  #applyToPart(queue: Queue, part: Part): void {
    const { channel, effects } = part;
    channel.ackLoss = queue.effects.ackLoss;
    channel.poisoned = queue.effects.poison > 0 || effects.poison > 0;
    const down = queue.effects.down || effects.down;
    if (down && !channel.down) queue.stop(part);
    else if (!down && channel.down) queue.start(part);
  }

  #report(): void {
    const { queues, groups, producers } = this.population;
    const { wall } = this.#timeline;
    const all = [...groups.values()];
    for (const { queue, report, consumers, partitions } of queues.values()) {
      const up = report.record(queue.channels);
      for (const { part, report: own } of partitions.values()) {
        if (own.record([part.channel])) own.gauges.set(wall, m.OWNER, part.owner?.number ?? 0);
      }
      const down = queue.channels.filter((channel) => channel.down).length;
      if (queue.partitioned) report.gauges.set(wall, m.PARTITIONS_DOWN, down);
      consumers.record(up ? report.gauges : undefined, consumersOf(all, queue));
    }
    for (const producer of producers.values()) producer.report();
  }

  /** The target of an action on an entity. */
  #target(name: string): ActionTarget | undefined {
    const { queues, groups, producers } = this.population;
    const all = [...groups.values()];
    const target = (queue: Queue, rest: Partial<ActionTarget> = {}): ActionTarget => ({
      name,
      queue,
      channels: queue.channels,
      groups: all.filter((group) => group.queue === queue),
      producer: undefined,
      ...rest,
    });
    for (const { queue, partitions } of queues.values()) {
      if (queue.name === name) return target(queue);
      const partition = partitions.get(name);
      if (partition) return target(queue, { channels: [partition.part.channel] });
    }
    const group = all.find((each) => each.consumers.some(({ consumer }) => consumer.name === name));
    if (group) return target(group.queue, { groups: [group] });
    const producer = producers.get(name);
    return producer && target(producer.queue, { producer });
  }
}

function consumersOf(groups: readonly Group[], queue: Queue): Consumer[] {
  return groups
    .filter((group) => group.queue === queue)
    .flatMap((group) => group.consumers.map(({ consumer }) => consumer));
}

function applyToConsumer(queue: Queue, consumer: Consumer): void {
  const { crashed, cut } = consumer.effects;
  if (!crashed) consumer.cancelCrash();
  if (crashed && !consumer.crashed) consumer.crashSoon(() => queue.crash(consumer));
  else if (!crashed && consumer.crashed) queue.restart(consumer);
  if (cut && !consumer.cut) queue.disconnect(consumer);
  else if (!cut && consumer.cut) queue.reconnect(consumer);
}

/** Publishes the poison messages of a fault once, as soon as the broker accepts them. */
function publishPoisonOf(
  queue: Queue,
  given: { readonly effects: Effects; poisonGiven: number },
  part?: Part,
): void {
  if (given.effects.poison < given.poisonGiven) given.poisonGiven = given.effects.poison;
  while (given.poisonGiven < given.effects.poison) {
    if (queue.publishPoison(part) !== undefined) return;
    given.poisonGiven += 1;
  }
}
