import type { Metric, MetricType, Unit } from "../../../core/metric.ts";

/** A processing time above a day is a mistake. */
const MOST_MS = 86_400_000;

function metric<Type extends MetricType>(type: Type, name: string, unit: Unit, description: string) {
  return { name, type, unit, description } satisfies Metric<Type>;
}

const gauge = (name: string, unit: Unit, description: string): Metric<"gauge"> =>
  metric("gauge", name, unit, description);
const counter = (name: string, description: string): Metric<"counter"> =>
  metric("counter", name, "count", description);
const time = (name: string, description: string): Metric<"histogram"> => ({
  ...metric("histogram", name, "ms", description),
  max: MOST_MS,
});

// Of queues and partitions.
export const DEPTH = gauge("depth", "count", "messages that wait for a consumer");
export const LAG = gauge("lag", "count", "messages that are not acknowledged yet: waiting and in flight");
export const LAG_GROWTH = gauge(
  "lag_growth",
  "per_second",
  "growth of the lag, smoothed over ten seconds; negative while it shrinks",
);
export const IN_FLIGHT = gauge("in_flight", "count", "messages delivered and not acknowledged yet");
export const RETRYING = gauge("retrying", "count", "messages that wait for their next attempt");
export const OLDEST_AGE = gauge(
  "oldest_age",
  "duration",
  "age of the oldest message that waits for a consumer",
);
export const DEAD_LETTERS = gauge("dead_letters", "count", "messages in the dead-letter queue");
export const CONSUMERS = gauge("consumers", "count", "consumers that are connected");
export const FAIRNESS = gauge(
  "fairness",
  "none",
  "Jain's fairness index of the work of the consumers: 1 when all do the same, 1 / n when one does everything",
);
export const QUEUE_UTILISATION = gauge(
  "utilisation",
  "ratio",
  "share of the time in which its consumers are busy",
);
export const LOST_TOTAL = gauge("lost_total", "count", "messages lost since the start (cumulative)");
export const DUPLICATES_TOTAL = gauge(
  "duplicates_total",
  "count",
  "side effects that happened once more since the start (cumulative)",
);
export const PUBLISHED = counter("published", "messages published");
export const ACKED = counter("acked", "messages acknowledged");
export const REDELIVERED = counter(
  "redelivered",
  "messages delivered again without an outcome of the last time",
);
export const RETRIED = counter("retried", "failed messages that are tried again after a backoff");
export const DEAD_LETTERED = counter("dead_lettered", "messages moved to the dead-letter queue");
export const REFUSED = counter("refused", "messages refused because the queue was full");
export const LOST = counter("lost", "messages that were acknowledged and never processed");
export const DUPLICATES = counter("duplicates", "side effects that happened more than once for one message");
export const DEDUPLICATED = counter("deduplicated", "duplicates that the idempotency guard prevented");
export const WAIT_TIME = time(
  "wait_time",
  "time from the publishing of a message to the start of its processing",
);
export const PROCESSING_TIME = time("processing_time", "time to process a message");
export const TOTAL_TIME = time(
  "total_time",
  "time from the publishing of a message to the end of its processing",
);

// Of consumers.
export const HELD = gauge("held", "count", "messages it has received: in process and prefetched");
export const UTILISATION = gauge("utilisation", "ratio", "share of the time in which it is busy");
export const SHARE = gauge("share", "ratio", "its share of the work of all consumers of its queue");
export const STARVATION = gauge(
  "starvation",
  "ratio",
  "share of the time in which it was idle although messages waited, in the queue or at other consumers",
);
export const PREFETCH = gauge("prefetch", "count", "unacknowledged messages that it takes at most");
export const PARTITIONS = gauge("partitions", "count", "partitions assigned to it");
export const PROCESSED = counter("processed", "messages processed");
export const FAILED = counter("failed", "attempts that failed");
export const RECEIVED_AGAIN = counter("redelivered", "messages it received that had been delivered before");

// Of producers.
export const UNSENT = gauge("unsent", "count", "messages recorded and not published yet");
export const ATTEMPTS = counter("attempts", "attempts to publish a message");
export const FAILED_PUBLISHES = counter("failed_publishes", "attempts to publish that failed");
export const DROPPED = counter("dropped", "messages dropped because the outbox was full");

/** 1 while it is connected, else 0. */
export const UP: Metric<"gauge"> = {
  ...gauge("up", "count", "1 while it is up and connected, else 0"),
  max: 1,
};
