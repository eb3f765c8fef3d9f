import type { Metric, MetricType, Unit } from "../../../core/metric.ts";

/** A processing time above a day is a measurement error. */
const MAX_MS = 86_400_000;

function metric<Type extends MetricType>(type: Type, name: string, unit: Unit, description: string) {
  return { name, type, unit, description } satisfies Metric<Type>;
}

const gauge = (name: string, unit: Unit, description: string): Metric<"gauge"> =>
  metric("gauge", name, unit, description);
const counter = (name: string, description: string): Metric<"counter"> =>
  metric("counter", name, "count", description);
const time = (name: string, description: string): Metric<"histogram"> => ({
  ...metric("histogram", name, "ms", description),
  max: MAX_MS,
});

// Of queues and partitions.
export const DEPTH = gauge("depth", "count", "messages waiting for a consumer");
export const LAG = gauge("lag", "count", "messages not started yet: waiting and prefetched");
export const LAG_GROWTH = gauge(
  "lag_growth",
  "per_second",
  "growth of the lag, smoothed over ten seconds; negative while it shrinks",
);
export const IN_FLIGHT = gauge("in_flight", "count", "messages delivered and not acknowledged yet");
export const RETRYING = gauge("retrying", "count", "messages waiting for their next attempt");
export const OLDEST_AGE = gauge(
  "oldest_age",
  "duration",
  "age of the oldest message that is not started yet, waiting or prefetched",
);
export const DEAD_LETTERS = gauge("dead_letters", "count", "messages in the dead-letter queue");
export const CONSUMERS = gauge("consumers", "count", "connected consumers");
export const PARTITIONS_DOWN = gauge(
  "partitions_down",
  "count",
  "partitions of the topic whose broker is down",
);
export const OWNER = gauge("owner", "count", "number of the consumer that owns the partition; 0 without one");
export const DEAD_LETTERING = gauge(
  "dead_lettering",
  "count",
  "1 if failed messages are retried and dead-lettered, 0 if they are redelivered immediately",
);
export const FAIRNESS = gauge(
  "fairness",
  "none",
  "Jain's fairness index of the work of the consumers: 1 when all do the same, 1 / n when one does everything",
);
export const QUEUE_UTILISATION = gauge(
  "utilisation",
  "ratio",
  "share of time in which its consumers are busy",
);
export const LOST_TOTAL = gauge("lost_total", "count", "messages lost since the start (cumulative)");
export const DUPLICATES_TOTAL = gauge(
  "duplicates_total",
  "count",
  "duplicate side effects since the start (cumulative)",
);
export const PUBLISHED = counter("published", "messages published");
export const ACKED = counter("acked", "messages acknowledged");
export const REDELIVERED = counter("redelivered", "messages redelivered after a delivery without an outcome");
export const RETRIED = counter("retried", "failed messages retried after a backoff");
export const DEAD_LETTERED = counter("dead_lettered", "messages moved to the dead-letter queue");
export const REFUSED = counter("refused", "messages refused because the queue was full");
export const LOST = counter("lost", "messages acknowledged but never processed");
export const DUPLICATES = counter("duplicates", "repeated side effects of the same message");
export const DEDUPLICATED = counter("deduplicated", "duplicates prevented by the idempotency guard");
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
export const HELD = gauge("held", "count", "received messages: in process and prefetched");
export const UTILISATION = gauge("utilisation", "ratio", "share of time in which it is busy");
export const UNACKED = gauge("unacked", "count", "messages it has finished that are not acknowledged");
export const BLOCKED = gauge(
  "blocked",
  "ratio",
  "share of time in which it was idle because unacknowledged messages fill its prefetch",
);
export const STARVATION = gauge(
  "starvation",
  "ratio",
  "share of time in which it was idle while messages it could process waited in the queue or at other consumers",
);
export const PREFETCH = gauge("prefetch", "count", "maximum unacknowledged messages");
export const PARTITIONS = gauge("partitions", "count", "partitions assigned to it");
export const ACTIVE = gauge("active", "count", "1 while it takes part in the work, 0 while it is a stand-by");
export const EARLY_ACKS = gauge("early_acks", "count", "1 if it acknowledges before processing");
export const NO_ACKS = gauge("no_acks", "count", "1 if it is configured to acknowledge nothing");
export const GUARD = gauge("idempotency_guard", "count", "1 if it prevents duplicate side effects");
export const CONFIGURED_TIME = gauge("configured_time", "ms", "configured mean time to process a message");
export const PROCESSED = counter("processed", "messages processed");
export const ALL_PROCESSED = counter("all_processed", "messages processed by all consumers of its queue");
export const FAILED = counter("failed", "attempts that failed");
export const RECEIVED_AGAIN = counter("redelivered", "received messages that had been delivered before");

// Of producers.
export const UNSENT = gauge("unsent", "count", "messages in the outbox, not published yet");
export const ATTEMPTS = counter("attempts", "attempts to publish a message");
export const FAILED_PUBLISHES = counter("failed_publishes", "attempts to publish that failed");
export const DROPPED = counter("dropped", "messages dropped because the outbox was full");

/** 1 while connected, else 0. */
export const UP: Metric<"gauge"> = {
  ...gauge("up", "count", "1 while up and connected, else 0"),
  max: 1,
};
