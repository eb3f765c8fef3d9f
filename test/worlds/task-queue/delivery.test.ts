import { describe, expect, it } from "vitest";
import { oneQueue, oneTopic, startTaskQueue } from "./harness.ts";

/** No traffic, and a processing time of exactly one second, so that tests control each message. */
const still = { producer: { rate: 0 } };
const exact = { distribution: "fixed", processing_time: "1s" } as const;

describe("a crash during processing", () => {
  const crashAfter = (
    ms: number,
    consumers: { ack: "early" | "late"; idempotent?: boolean; processing_time?: string },
  ) => {
    const started = startTaskQueue(oneQueue({ ...still, consumers: { count: 1, ...exact, ...consumers } }));
    started.act("q", "publish", { messages: 1 });
    started.run(ms);
    started.inject("c-1", "consumer-crash", {}, 3000);
    started.run(20_000);
    return started;
  };

  it("loses the message with early acknowledgement", () => {
    const { messages, record } = crashAfter(700, { ack: "early" });
    expect(messages("q")).toMatchObject({ lost: 1, completed: 0, waiting: 0, inFlight: 0 });
    expect(record("q").count("lost")).toBe(1);
    expect(record("q").gauge("lost_total")).toBe(1);
    expect(record("q").failures.some((text) => text.includes("lost"))).toBe(true);
  });

  it("redelivers the message with late acknowledgement, with one side effect", () => {
    // It waits for the middle of the message, but not longer than 2 s: here it is before the side effect.
    const { messages, record } = crashAfter(500, { ack: "late", idempotent: false, processing_time: "10s" });
    expect(messages("q")).toMatchObject({ lost: 0, completed: 1, sideEffects: 1, duplicates: 0 });
    expect(record("q").count("redelivered")).toBe(1);
    expect(record("c-1").count("redelivered")).toBe(1);
  });

  it("repeats a side effect that had already happened without the guard", () => {
    const { messages, record } = crashAfter(800, { ack: "late", idempotent: false });
    expect(messages("q")).toMatchObject({ completed: 1, sideEffects: 2, duplicates: 1 });
    expect(record("q").count("duplicates")).toBe(1);
    expect(record("q").gauge("duplicates_total")).toBe(1);
  });

  it("has one side effect with the idempotency guard", () => {
    const { messages, record } = crashAfter(800, { ack: "late", idempotent: true });
    expect(messages("q")).toMatchObject({ completed: 1, sideEffects: 1, duplicates: 0 });
    expect(record("q").count("redelivered")).toBe(1);
    expect(record("q").count("deduplicated")).toBe(1);
  });

  it("waits for a message when the consumer is idle", () => {
    const started = startTaskQueue(oneQueue({ ...still, consumers: { count: 1, ...exact, ack: "early" } }));
    started.inject("c-1", "consumer-crash", {}, 5000);
    started.run(1000);
    expect(started.record("c-1").gauge("up")).toBe(1);
    started.act("q", "publish", { messages: 1 });
    started.run(1200);
    expect(started.record("c-1").gauge("up")).toBe(0);
    expect(started.messages("q")).toMatchObject({ lost: 1, sideEffects: 1, completed: 0 });
  });

  it("happens after 2 s when no message comes", () => {
    const started = startTaskQueue(oneQueue(still));
    started.inject("c-1", "consumer-crash", {}, 5000);
    started.run(1900);
    expect(started.record("c-1").gauge("up")).toBe(1);
    started.run(1100);
    expect(started.record("c-1").gauge("up")).toBe(0);
  });

  it("does not happen when the fault ends before", () => {
    const started = startTaskQueue(oneQueue({ ...still, consumers: { count: 1, ...exact, ack: "early" } }));
    started.inject("c-1", "consumer-crash", {}, 1000);
    started.run(1500);
    started.act("q", "publish", { messages: 1 });
    started.run(5000);
    expect(started.messages("q")).toMatchObject({ lost: 0, completed: 1 });
  });

  it("shows the consumer as down, without heartbeat, until it restarts", () => {
    const started = startTaskQueue(oneQueue());
    started.run(2000);
    started.inject("c-2", "consumer-crash", {}, 3000);
    started.run(600);
    const { seen } = started.record("c-2");
    const before = seen.length;
    started.run(2000);
    expect(started.record("c-2").gauge("up")).toBe(0);
    expect(started.record("c-2").missed).toBeGreaterThan(0);
    expect(seen.length).toBe(before);
    started.run(2000);
    expect(started.record("c-2").gauge("up")).toBe(1);
    expect(seen.length).toBeGreaterThan(before);
  });
});

describe("poison messages", () => {
  it("are retried after 1, 2 and 4 s with up to 20 % of jitter, and then become dead letters", () => {
    const started = startTaskQueue(oneQueue({ ...still, queue: { max_retries: 3 } }), { trace: true });
    started.inject("q", "poison-message", { messages: 1 });
    started.run(20_000);
    expect(started.messages("q")).toMatchObject({ deadLetters: 1, completed: 0, delayed: 0 });
    expect(started.record("q").count("retried")).toBe(3);
    expect(started.record("q").gauge("dead_letters")).toBe(1);
    // The backoff is the time from the end of a failed attempt to the start of the next one.
    const timesOf = (metric: string) =>
      started.lines
        .map((line) => line.split(" "))
        .filter(([, entity, name]) => entity === "q" && name === metric)
        .map(([at]) => Number(at));
    const ends = timesOf("processing_time");
    const starts = timesOf("wait_time");
    [1000, 2000, 4000].forEach((delay, i) => {
      const waited = starts[i + 1]! - ends[i]!;
      expect(waited).toBeGreaterThanOrEqual(delay);
      expect(waited).toBeLessThanOrEqual(delay * 1.2);
    });
  });

  it("are processed when they are replayed after the fault has ended", () => {
    const started = startTaskQueue(oneQueue({ ...still, queue: { max_retries: 0 } }));
    const end = started.inject("q", "poison-message", { messages: 3 });
    started.run(3000);
    expect(started.messages("q").deadLetters).toBe(3);
    started.act("q", "replay-dead-letters");
    started.run(3000);
    expect(started.messages("q")).toMatchObject({ deadLetters: 3, completed: 0 });
    end();
    started.run(500);
    expect(started.act("q", "replay-dead-letters")).toContain("3 dead letters");
    started.run(3000);
    expect(started.messages("q")).toMatchObject({ deadLetters: 0, completed: 3 });
    expect(() => started.act("q", "replay-dead-letters")).toThrow(RangeError);
  });

  it("block a partition without dead letters, until dead letters are enabled", () => {
    const started = startTaskQueue(oneTopic({ topic: { dead_letter: false } }));
    started.run(5000);
    started.inject("t-1", "poison-message", { messages: 1 });
    started.run(30_000);
    const wedged = started.record("t-1").gauge("lag");
    expect(wedged).toBeGreaterThan(100);
    expect(started.record("t-1").gauge("lag_growth")).toBeGreaterThan(3);
    expect(started.record("t-1").gauge("oldest_age")).toBeGreaterThan(25_000);
    expect(started.record("t-0").gauge("lag")).toBeLessThan(20);
    expect(started.record("t-1").count("redelivered")).toBeGreaterThan(100);
    started.act("t", "set-dead-letter", { dead_letter: "on" });
    started.run(60_000);
    expect(started.record("t-1").gauge("lag")).toBeLessThan(20);
    expect(started.messages("t").deadLetters).toBe(1);
  });

  it("do not block a partition with dead letters", () => {
    const started = startTaskQueue(oneTopic());
    started.inject("t-1", "poison-message", { messages: 3 });
    started.run(30_000);
    expect(started.record("t-1").gauge("lag")).toBeLessThan(20);
    expect(started.record("t-1").gauge("dead_letters")).toBe(3);
    expect(started.record("t").gauge("dead_letters")).toBe(3);
  });
});

describe("acknowledgements", () => {
  it("that are never sent cause a redelivery after each visibility timeout", () => {
    const started = startTaskQueue(
      oneQueue({
        ...still,
        queue: { visibility_timeout: "5s" },
        consumers: { count: 1, idempotent: false, processing_time: "10ms" },
      }),
    );
    started.inject("c-1", "never-ack");
    started.run(100);
    started.act("q", "publish", { messages: 1 });
    started.run(21_000);
    expect(started.record("q").count("redelivered")).toBe(4);
    expect(started.messages("q")).toMatchObject({ sideEffects: 5, duplicates: 4, inFlight: 1 });
    expect(started.record("q").failures.filter((text) => text.endsWith(": message 1"))).toHaveLength(4);
  });

  it("that get lost cause a redelivery of a processed message", () => {
    const started = startTaskQueue(
      oneQueue({ queue: { visibility_timeout: "2s" }, consumers: { prefetch: 20 } }),
    );
    started.inject("c-1", "ack-lost", { share: 100 }, 5000);
    started.run(20_000);
    expect(started.record("q").count("deduplicated")).toBeGreaterThan(5);
    expect(started.record("q").count("duplicates")).toBe(0);
    expect(started.messages("q")).toMatchObject({ lost: 0 });
  });

  it("of a topic include all earlier messages", () => {
    const started = startTaskQueue(oneTopic());
    started.run(3000);
    started.inject("t", "ack-lost", { share: 50 }, 10_000);
    // Longer than the visibility timeout: messages without a commit would be redelivered.
    started.run(60_000);
    expect(started.record("t").count("redelivered")).toBe(0);
  });
});

describe("priorities", () => {
  it("deliver the most urgent message first", () => {
    const started = startTaskQueue({
      queues: [{ name: "q", priorities: 2 }],
      producers: [
        { name: "low", to: "q", rate: 0, priority: 0 },
        { name: "high", to: "q", rate: 0, priority: 1 },
      ],
      consumers: [{ name: "c", from: "q", ...exact }],
    });
    started.act("low", "publish", { messages: 3 });
    started.run(500);
    started.act("high", "publish", { messages: 2 });
    started.run(10_000);
    // The first message was taken immediately; then the urgent ones, published half a second later.
    const waits = started.record("q").times("wait_time");
    expect(waits.map((ms) => Math.round(ms))).toEqual([0, 500, 1500, 3000, 4000]);
    expect(started.messages("q").completed).toBe(5);
  });
});

describe("a full queue", () => {
  it("refuses messages and counts them; the producer keeps them for later", () => {
    const started = startTaskQueue(
      oneQueue({ ...still, queue: { max_depth: 10 }, producer: { rate: 0, outbox: 5 }, consumers: exact }),
    );
    expect(started.act("p", "publish", { messages: 20 })).toContain("10 of 20");
    started.run(100);
    // The first step has retried the outbox once, without success.
    expect(started.record("q").count("refused")).toBe(11);
    expect(started.record("p").gauge("unsent")).toBe(5);
    expect(started.record("p").count("dropped")).toBe(5);
    expect(started.world.receive("q", started.clock.now())).toBe("queue full");
    started.run(30_000);
    expect(started.messages("q").completed).toBe(15);
    expect(started.record("p").gauge("unsent")).toBe(0);
  });
});
