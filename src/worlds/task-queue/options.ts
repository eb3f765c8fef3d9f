import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { list } from "../../core/list.ts";
import { PRINTABLE, UNPRINTABLE } from "../../core/printable.ts";
import { duration, HOUR_MS, ratio, whole } from "../../core/quantity.ts";
import { distributionNames } from "./sim/processing-time.ts";

/** The maximum number of instances of a consumer group. */
export const MAX_CONSUMERS = 100;
export const MAX_PREFETCH = 1000;
/** The longest list of queues, topics, producers or consumer groups. */
const MOST = 1000;

function perSecond(max: number) {
  const problem = `must be a number from 0 to ${max}`;
  return z.number(problem).min(0, problem).max(max, problem);
}

/** Shorter than other names, because partitions and consumers append a number. */
const name = lazy(() =>
  z
    .string({ error: "must be text; put it in quotes" })
    .min(1, "must be a name of 1 to 36 characters")
    .max(36, "must be a name of 1 to 36 characters")
    .regex(PRINTABLE, UNPRINTABLE),
);

const storage = lazy(() => ({
  visibility_timeout: duration(100, HOUR_MS)
    .default(30_000)
    .describe("how long a delivered message may stay unacknowledged before it is delivered again"),
  session_timeout: duration(100, HOUR_MS)
    .default(10_000)
    .describe("how long a consumer may be unreachable before its messages go to others"),
  max_retries: whole(0, 20)
    .default(3)
    .describe("attempts after a failed one, before a message is dead-lettered"),
  dead_letter: z
    .boolean()
    .default(true)
    .describe(
      "retry with backoff, then dead-letter; false: a failed message is redelivered immediately, without end",
    ),
  max_depth: whole(1, 500_000)
    .default(100_000)
    .describe("maximum number of messages; further ones are refused"),
}));

export const queueSchema = lazy(() =>
  z.strictObject({
    name: name().describe("unique name of the queue"),
    priorities: whole(1, 10).default(1).describe("number of priorities; the highest is delivered first"),
    ...storage(),
  }),
);

export const topicSchema = lazy(() =>
  z.strictObject({
    name: name().describe("unique name of the topic; its partitions are NAME-0, NAME-1, ..."),
    partitions: whole(1, 100).default(3).describe("number of partitions; each is processed in order"),
    ...storage(),
    max_depth: storage().max_depth.describe(
      "maximum number of messages per partition; further ones are refused",
    ),
  }),
);

export const producerSchema = lazy(() =>
  z.strictObject({
    name: name().describe("unique name of the producer"),
    to: name().describe("the queue or topic it publishes to"),
    rate: perSecond(5000).default(10).describe("messages per second, at random intervals"),
    priority: whole(0, 9).optional().describe("priority of its messages; default: all priorities equally"),
    outbox: whole(0, 1_000_000)
      .default(10_000)
      .describe(
        "maximum number of messages kept while the broker is unreachable, to publish later; further ones are dropped",
      ),
  }),
);

const autoscaleSchema = lazy(() =>
  z.strictObject({
    min: whole(1, MAX_CONSUMERS).default(1).describe("minimum number of consumers"),
    max: whole(1, MAX_CONSUMERS).default(10).describe("maximum number of consumers"),
    target_depth: whole(1, 500_000).default(50).describe("waiting messages per started consumer"),
    cooldown: duration(1000, HOUR_MS)
      .default(30_000)
      .describe("time without a backlog before a consumer is stopped"),
  }),
);

export const ACK_MODES = ["early", "late", "never"] as const;
export type AckMode = (typeof ACK_MODES)[number];

export const consumerSchema = lazy(() =>
  z.strictObject({
    name: name().describe("unique name of the group; its consumers are NAME-1, NAME-2, ..."),
    from: name().describe("the queue or topic it consumes; a topic has at most one group"),
    count: whole(1, MAX_CONSUMERS).default(1).describe("consumers at the start"),
    concurrency: whole(1, 100).default(1).describe("messages that one consumer processes at the same time"),
    prefetch: whole(1, MAX_PREFETCH)
      .default(1)
      .describe("unacknowledged messages per message in process (queue) or per partition (topic)"),
    ack: z
      .enum(ACK_MODES)
      .default("late")
      .describe("when a message is acknowledged: early (before processing), late (after it) or never"),
    processing_time: duration(1, HOUR_MS).default(100).describe("mean time to process a message"),
    distribution: z
      .enum(distributionNames)
      .default("exponential")
      .describe("distribution of the processing time"),
    failure_rate: ratio().default(0).describe("share of attempts that fail, 0..1"),
    permanent_failures: ratio()
      .default(0)
      .describe("share of failures that no retry can fix; they are dead-lettered immediately, 0..1"),
    idempotent: z
      .boolean()
      .default(true)
      .describe("idempotency guard: a message that was processed before has no second side effect"),
    autoscale: autoscaleSchema()
      .optional()
      .describe("starts and stops consumers depending on the backlog; default: off"),
  }),
);

/** The options of a task queue world. */
export const optionsSchema = lazy(() =>
  z.strictObject({
    queues: list(queueSchema(), MOST)
      .default([])
      .describe("work queues: any consumer takes the next message"),
    topics: list(topicSchema(), MOST)
      .default([])
      .describe("partitioned topics: each partition has one consumer"),
    producers: list(producerSchema(), MOST).default([]).describe("producers of messages"),
    consumers: list(consumerSchema(), MOST).default([]).describe("groups of consumers"),
  }),
);

export type Options = z.output<ReturnType<typeof optionsSchema>>;
export type QueueOptions = z.output<ReturnType<typeof queueSchema>>;
export type TopicOptions = z.output<ReturnType<typeof topicSchema>>;
export type ProducerOptions = z.output<ReturnType<typeof producerSchema>>;
export type ConsumerOptions = z.output<ReturnType<typeof consumerSchema>>;
export type AutoscaleOptions = z.output<ReturnType<typeof autoscaleSchema>>;
/** The common options of queues and topics. */
export type StorageOptions = Omit<TopicOptions, "name" | "partitions">;
