import type { EntityDeclaration } from "../types.ts";
import type { ConsumerOptions, Options, ProducerOptions, QueueOptions, TopicOptions } from "./options.ts";

/** The report interval of an entity, ms. */
export const CADENCE_MS = 500;

/** The options of one entity. Plain data. */
export type EntityOptions = { readonly world: string } & (
  | { readonly type: "queue"; readonly queue: QueueOptions }
  | { readonly type: "topic"; readonly topic: TopicOptions }
  | { readonly type: "partition"; readonly topic: string; readonly index: number }
  | { readonly type: "consumer"; readonly group: ConsumerOptions; readonly index: number }
  | { readonly type: "producer"; readonly producer: ProducerOptions }
);

export type TaskQueueEntity = EntityDeclaration<EntityOptions>;

/** The name of a partition, index from 0. */
export function partitionName(topic: string, index: number): string {
  return `${topic}-${index}`;
}

/** The declaration of one consumer of a group. @param index from 1 */
export function consumerEntity(group: ConsumerOptions, index: number, world: string): TaskQueueEntity {
  return {
    name: `${group.name}-${index}`,
    kind: "consumer",
    labels: { group: group.name },
    links: [{ type: "consumes", to: group.from }],
    cadenceMs: CADENCE_MS,
    options: { type: "consumer", world, group, index },
  };
}

/** The initial entities of a world: queues, topics with their partitions, consumers, producers. */
export function entitiesOf(options: Options, world: string): TaskQueueEntity[] {
  const entities: TaskQueueEntity[] = [];
  const common = { links: [], cadenceMs: CADENCE_MS };
  for (const queue of options.queues) {
    const own: EntityOptions = { type: "queue", world, queue };
    entities.push({ ...common, name: queue.name, kind: "queue", labels: { type: "queue" }, options: own });
  }
  for (const topic of options.topics) {
    const own: EntityOptions = { type: "topic", world, topic };
    entities.push({ ...common, name: topic.name, kind: "queue", labels: { type: "topic" }, options: own });
  }
  for (const { name, partitions } of options.topics) {
    for (let index = 0; index < partitions; index += 1) {
      entities.push({
        name: partitionName(name, index),
        kind: "partition",
        labels: { topic: name, partitions: String(partitions) },
        links: [{ type: "part-of", to: name }],
        cadenceMs: CADENCE_MS,
        options: { type: "partition", world, topic: name, index },
      });
    }
  }
  for (const group of options.consumers) {
    for (let index = 1; index <= group.count; index += 1) entities.push(consumerEntity(group, index, world));
  }
  for (const producer of options.producers) {
    entities.push({
      name: producer.name,
      kind: "producer",
      labels: {},
      links: [{ type: "publishes", to: producer.to }],
      cadenceMs: CADENCE_MS,
      options: { type: "producer", world, producer },
    });
  }
  return entities;
}
