import { isDeepStrictEqual } from "node:util";
import type { Recorder } from "../../core/observation.ts";
import type { OriginContext, Watched } from "../types.ts";
import { consumerEntity, type EntityOptions } from "./entities.ts";
import type { ConsumerOptions, ProducerOptions } from "./options.ts";
import { Channel, type ChannelOptions } from "./sim/channel.ts";
import { ChannelLog } from "./sim/channel-log.ts";
import { Consumer } from "./sim/consumer.ts";
import { ConsumerMeters } from "./sim/consumer-meters.ts";
import { type ConsumerHost, Group } from "./sim/group.ts";
import { ChannelMeters } from "./sim/meters.ts";
import { Producer } from "./sim/producer.ts";
import { type Part, Queue } from "./sim/queue.ts";
import { ChannelReport, ConsumersReport } from "./sim/report.ts";
import type { Timeline } from "./sim/timeline.ts";

/** A queue or topic with its meters. */
export interface QueueNode {
  readonly queue: Queue;
  readonly meters: ChannelMeters;
  readonly report: ChannelReport;
  readonly consumers: ConsumersReport;
  /** For a topic, by the name of the partition. */
  readonly partitions: Map<string, { readonly part: Part; readonly report: ChannelReport }>;
}

type Of<Type extends EntityOptions["type"]> = Extract<EntityOptions, { readonly type: Type }>;
interface Declared<Type extends EntityOptions["type"]> {
  readonly name: string;
  readonly own: Of<Type>;
  readonly recorder: Recorder;
}

/** All parts of a world. An update for a changed config does not affect unchanged parts. */
export class Population implements ConsumerHost {
  readonly queues = new Map<string, QueueNode>();
  readonly groups = new Map<string, Group>();
  readonly producers = new Map<string, Producer>();
  readonly #timeline: Timeline;
  readonly #context: OriginContext;
  #world = "";

  constructor(timeline: Timeline, context: OriginContext) {
    this.#timeline = timeline;
    this.#context = context;
  }

  update(watched: readonly Watched[]): void {
    const of = <Type extends EntityOptions["type"]>(type: Type): Declared<Type>[] =>
      watched.flatMap(({ entity, recorder }) => {
        const own = entity.options as EntityOptions;
        return own.type === type ? [{ name: entity.name, own: own as Of<Type>, recorder }] : [];
      });
    this.#world = (watched[0]?.entity.options as EntityOptions | undefined)?.world ?? this.#world;
    const names = new Set(watched.map(({ entity }) => entity.name));
    this.#removeProducers(names);
    this.#updateQueues(of("queue"), of("topic"), of("partition"), names);
    this.#updateConsumers(of("consumer"), names);
    for (const { own, recorder } of of("producer")) this.#addProducer(own.producer, recorder);
  }

  addConsumer(group: Group, index: number): Consumer {
    const entity = consumerEntity(group.settings.options, index, this.#world);
    const consumer = this.#createConsumer(entity.name, group, this.#context.discover(entity));
    consumer.declared = false;
    return consumer;
  }

  removeConsumer(consumer: Consumer): void {
    this.#context.retire(consumer.name);
  }

  #random(entity: string) {
    return this.#context.random(`${this.#world}/${entity}`);
  }

  #updateQueues(
    queues: readonly Declared<"queue">[],
    topics: readonly Declared<"topic">[],
    partitions: readonly Declared<"partition">[],
    names: ReadonlySet<string>,
  ): void {
    const topicOf = new Map(topics.map(({ name, own }) => [name, own.topic]));
    for (const [name, { queue, partitions: known }] of this.queues) {
      if (!names.has(name) || queue.partitioned !== topicOf.has(name)) this.queues.delete(name);
      for (const [partition, { part }] of known) {
        if (names.has(partition)) continue;
        queue.removePart(part.channel);
        known.delete(partition);
      }
    }
    for (const { name, own, recorder } of queues) {
      const node = this.#node(name, false, recorder);
      const { priorities, ...storage } = own.queue;
      this.#addPart(node, name, { ...storage, priorities }, [node.meters]);
    }
    for (const { name, own, recorder } of topics) {
      const node = this.#node(name, true, recorder);
      for (const { part } of node.partitions.values())
        part.channel.configure({ ...own.topic, priorities: 1 });
    }
    for (const { name, own, recorder } of partitions) {
      const node = this.queues.get(own.topic);
      const topic = topicOf.get(own.topic);
      if (node === undefined || topic === undefined || node.partitions.has(name)) continue;
      const meters = new ChannelMeters(recorder);
      const part = this.#addPart(node, name, { ...topic, priorities: 1 }, [meters, node.meters]);
      node.partitions.set(name, { part, report: new ChannelReport(meters, this.#timeline) });
    }
    for (const { queue } of this.queues.values()) if (queue.partitioned) queue.reassign("partitions changed");
  }

  #node(name: string, partitioned: boolean, recorder: Recorder): QueueNode {
    const known = this.queues.get(name);
    if (known) return known;
    const queue = new Queue(name, partitioned, this.#timeline, this.#random(name));
    const meters = new ChannelMeters(recorder);
    const node: QueueNode = {
      queue,
      meters,
      report: new ChannelReport(meters, this.#timeline),
      consumers: new ConsumersReport(queue, this.#timeline),
      partitions: new Map(),
    };
    this.queues.set(name, node);
    return node;
  }

  #addPart(
    { queue }: QueueNode,
    name: string,
    options: ChannelOptions,
    meters: readonly ChannelMeters[],
  ): Part {
    const known = queue.parts.find(({ channel }) => channel.name === name);
    if (known) {
      known.channel.configure(options);
      return known;
    }
    const log = new ChannelLog(this.#timeline, meters);
    const random = this.#random(`${name}/retries`);
    return queue.addPart(new Channel(name, options, this.#timeline, log, random));
  }

  #updateConsumers(declared: readonly Declared<"consumer">[], names: ReadonlySet<string>): void {
    const options = new Map(declared.map(({ own }) => [own.group.name, own.group]));
    for (const [name, group] of this.groups) {
      const next = options.get(name);
      const stays = next !== undefined && this.queues.get(next.from)?.queue === group.queue;
      for (const { consumer } of [...group.consumers]) {
        if (stays && (!consumer.declared || names.has(consumer.name))) continue;
        group.remove(consumer);
        if (!consumer.declared) this.removeConsumer(consumer);
      }
      if (!stays) this.groups.delete(name);
      else if (!isDeepStrictEqual(next, group.settings.options)) group.configure(next);
    }
    for (const { name, own, recorder } of declared) {
      const group = this.#group(own.group);
      const known = group?.consumers.find(({ consumer }) => consumer.name === name)?.consumer;
      if (known) known.declared = own.index <= own.group.count;
      else group?.add(own.index, this.#createConsumer(name, group, recorder));
    }
  }

  #group(options: ConsumerOptions): Group | undefined {
    const known = this.groups.get(options.name);
    const node = this.queues.get(options.from);
    if (known || node === undefined) return known;
    const group = new Group(options, node.queue, this.#timeline, this);
    this.groups.set(options.name, group);
    return group;
  }

  #createConsumer(name: string, { settings }: Group, recorder: Recorder): Consumer {
    return new Consumer(name, settings, this.#timeline, new ConsumerMeters(recorder), this.#random(name));
  }

  #removeProducers(names: ReadonlySet<string>): void {
    for (const [name, producer] of this.producers) {
      if (names.has(name)) continue;
      producer.stop();
      this.producers.delete(name);
    }
  }

  #addProducer(options: ProducerOptions, recorder: Recorder): void {
    const queue = this.queues.get(options.to)?.queue;
    if (queue === undefined) return;
    const known = this.producers.get(options.name);
    if (known) {
      known.queue = queue;
      known.options = options;
      known.adjust();
      return;
    }
    const random = this.#random(options.name);
    this.producers.set(options.name, new Producer(options, queue, this.#timeline, recorder, random));
  }
}
