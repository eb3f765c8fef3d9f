import { describe, expect, it } from "vitest";
import { levelOf } from "../../../src/core/limits.ts";
import type { Measure, StatisticRead, Values } from "../../../src/core/measure.ts";
import type { Params } from "../../../src/core/params.ts";
import { taskQueue } from "../../../src/worlds/task-queue/index.ts";
import { type Input, oneQueue, oneTopic, type Recording, type Started, startTaskQueue } from "./harness.ts";

const still = { producer: { rate: 0 } };
const measureOf = (kind: string, id: string): Measure =>
  taskQueue.entityKinds.find((each) => each.kind === kind)!.measures.find((each) => each.id === id)!;

/** A statistic of everything recorded so far: levels as they are now, the rest over the whole run. */
function statistic(recording: Recording, { metric, stat }: StatisticRead): number {
  const times = [...recording.times(metric)].sort((a, b) => a - b);
  if (stat === "mean" && times.length > 0) return times.reduce((sum, each) => sum + each, 0) / times.length;
  if (stat.startsWith("p")) return times[Math.floor((times.length - 1) * (Number(stat.slice(1)) / 100))]!;
  if (stat === "count" && times.length > 0) return times.length;
  return stat === "count" || stat === "rate" ? recording.count(metric) : recording.gauge(metric);
}

function readMeasure(recording: Recording, { read }: Measure): number {
  if (read.type === "statistic") return statistic(recording, read);
  if (read.type === "ratio") return statistic(recording, read.of) / statistic(recording, read.to);
  throw new Error(`This test cannot read ${read.type}.`);
}

/** The level of one measure, or undefined within its limits. */
function levelFor(started: Started, entity: string, kind: string, id: string) {
  const measure = measureOf(kind, id);
  const recording = started.record(entity);
  const needed = measure.evidence && measureOf(kind, measure.evidence.measure);
  const values: Values = needed ? { [needed.id]: readMeasure(recording, needed) } : {};
  return levelOf(measure, readMeasure(recording, measure), measure.limits, values);
}

describe("the measures that a fault affects", () => {
  const kindsOf = (ids: readonly string[]) =>
    ids.map((id) => taskQueue.entityKinds.filter(({ measures }) => measures.some((each) => each.id === id)));

  it("exist, and one of them belongs to each kind that the fault can be injected into", () => {
    for (const { kind, moves = [], accepts } of taskQueue.faultKinds) {
      const kinds = kindsOf(moves);
      expect([kind, kinds.filter(({ length }) => length === 0)]).toEqual([kind, []]);
      for (const accepted of accepts) {
        expect([kind, accepted, kinds.flat().some((each) => each.kind === accepted)]).toContain(true);
      }
    }
  });

  const busy = oneQueue({ producer: { rate: 20 }, consumers: { idempotent: false } });
  const topic = oneTopic({ topic: { visibility_timeout: "3s" } });
  it.each<[string, string, string, Input, Params?]>([
    ["slow-consumer", "consumer", "c-1", busy],
    ["consumer-crash", "consumer", "c-1", busy],
    ["poison-message", "queue", "q", busy],
    ["poison-message", "partition", "t-0", topic],
    ["producer-burst", "producer", "p", busy],
    ["broker-down", "queue", "q", busy],
    ["broker-down", "partition", "t-1", topic],
    ["network-partition", "consumer", "c-1", busy],
    ["ack-lost", "queue", "q", { ...busy, queues: [{ name: "q", visibility_timeout: "2s" }] }],
    ["hot-partition", "partition", "t-2", topic],
    ["prefetch-hog", "consumer", "c-1", busy],
    ["never-ack", "consumer", "c-1", busy],
    ["never-ack", "consumer", "c-1", oneTopic()],
  ])("%s: the first one of a %s moves", (fault, kind, entity, input, params) => {
    const [first] = taskQueue.faultKinds.find((each) => each.kind === fault)!.moves!;
    const measure = measureOf(kind, first!);
    const valueAfter = (broken: boolean) => {
      const started = startTaskQueue(input);
      if (broken) started.inject(entity, fault, params);
      started.run(15_000);
      return readMeasure(started.record(entity), measure);
    };
    const [calm, broken] = [valueAfter(false), valueAfter(true)];
    const change = Math.abs(broken - calm) / Math.max(Math.abs(calm), 0.01);
    expect(change).toBeGreaterThan(0.5);
    if (measure.worse !== "none") expect(broken > calm ? "up" : "down").toBe(measure.worse);
  });
});

describe("a consumer whose prefetch is full of unacknowledged messages", () => {
  it.each([
    ["never-ack", {}],
    ["ack-lost", { share: 100 }],
  ])("is blocked (%s), not starved", (fault, params) => {
    const started = startTaskQueue(oneQueue({ producer: { rate: 60 } }));
    started.inject("c-1", fault, params);
    started.run(5000);
    expect(started.record("c-1").gauge("blocked")).toBe(1);
    expect(started.record("c-1").gauge("starvation")).toBe(0);
    expect(started.record("c-1").gauge("unacked")).toBe(1);
    expect(levelFor(started, "c-1", "consumer", "blocked")).toBe("degraded");
    expect(started.record("c-2").gauge("blocked")).toBe(0);
  });

  it("works again after the visibility timeout", () => {
    const started = startTaskQueue(oneQueue({ queue: { visibility_timeout: "2s" } }));
    started.inject("c-1", "never-ack", {}, 3000);
    started.run(10_000);
    expect(started.record("c-1").gauge("blocked")).toBe(0);
    expect(levelFor(started, "q", "queue", "redelivery_rate")).toBe("degraded");
  });
});

describe("a consumer without work", () => {
  it("is not starved when the broker is down, the backlog is in flight, or the queue is empty", () => {
    const started = startTaskQueue(
      oneQueue({ producer: { rate: 60 }, consumers: { processing_time: "1s" } }),
    );
    started.run(5000);
    started.inject("q", "broker-down", {}, 5000);
    started.run(4000);
    for (const name of ["c-1", "c-2", "c-3"]) expect(started.record(name).gauge("starvation")).toBe(0);
  });

  it("is not starved by a partition whose broker is down", () => {
    const started = startTaskQueue(oneTopic({ producer: { rate: 60 } }));
    started.run(5000);
    started.inject("t-1", "broker-down");
    started.run(3000);
    for (const name of ["c-1", "c-2", "c-3"]) expect(started.record(name).gauge("starvation")).toBe(0);
  });

  it("has no share when no consumer has processed anything", () => {
    const started = startTaskQueue(oneQueue(still));
    started.run(3000);
    expect(readMeasure(started.record("c-1"), measureOf("consumer", "share"))).toBeNaN();
  });
});

describe("the shares of the consumers", () => {
  it("add up to 1, whatever their number and speed", () => {
    const started = startTaskQueue(oneQueue({ producer: { rate: 60 }, consumers: { count: 4 } }));
    started.inject("c-2", "slow-consumer", { factor: 5 });
    started.run(10_250);
    const shares = [1, 2, 3, 4].map((n) =>
      readMeasure(started.record(`c-${n}`), measureOf("consumer", "share")),
    );
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(shares[1]).toBeLessThan(0.5 * shares[0]!);
  });
});

describe("consumers without a broker", () => {
  it("are not connected, and neither is the producer, until it is back", () => {
    const started = startTaskQueue(oneQueue());
    started.run(2000);
    started.inject("q", "broker-down", {}, 3000);
    started.run(1000);
    for (const name of ["c-1", "c-2", "c-3", "p"]) expect(started.record(name).gauge("up")).toBe(0);
    expect(levelFor(started, "c-1", "consumer", "consumer_up")).toBe("down");
    started.run(3000);
    for (const name of ["c-1", "c-2", "c-3", "p"]) expect(started.record(name).gauge("up")).toBe(1);
  });
});

describe("a queue without a consumer", () => {
  const level = (started: Started) => levelFor(started, "q", "queue", "consumers");

  it("is critical while it has messages", () => {
    const started = startTaskQueue(oneQueue(still));
    started.act("q", "scale-consumers", { consumers: 0 });
    started.run(2000);
    expect(level(started)).toBeUndefined();
    started.act("q", "publish", { messages: 5 });
    started.run(2000);
    expect(level(started)).toBe("critical");
    started.act("q", "scale-consumers", { consumers: 1 });
    started.run(3000);
    expect(level(started)).toBeUndefined();
  });

  it("is critical when all its consumers are unreachable or down", () => {
    const started = startTaskQueue(oneQueue({ consumers: { count: 2 } }));
    started.run(1000);
    started.inject("c-1", "consumer-crash");
    started.inject("c-2", "network-partition");
    started.run(5000);
    expect(level(started)).toBe("critical");
  });
});

describe("messages that are delivered and not started", () => {
  it("count as lag and as oldest message", () => {
    const started = startTaskQueue(
      oneQueue({
        ...still,
        queue: { visibility_timeout: "1h" },
        consumers: { count: 1, prefetch: 50, processing_time: "1s", distribution: "fixed" },
      }),
    );
    started.act("q", "publish", { messages: 40 });
    started.run(15_400);
    const queue = started.record("q");
    expect(queue.gauge("depth")).toBe(0);
    expect(queue.gauge("in_flight")).toBe(25);
    expect(queue.gauge("lag")).toBe(24);
    expect(queue.gauge("oldest_age")).toBeGreaterThan(14_500);
    expect(levelFor(started, "q", "queue", "oldest_age")).toBe("degraded");
    started.run(30_000);
    expect(queue.gauge("lag")).toBe(0);
    expect(queue.gauge("oldest_age")).toBe(0);
  });
});

describe("a topic", () => {
  it("is degraded when a partition is down, and down when all are", () => {
    const started = startTaskQueue(oneTopic());
    const levels = () => ["partitions_down", "broker_up"].map((id) => levelFor(started, "t", "queue", id));
    started.run(1000);
    expect(levels()).toEqual([undefined, undefined]);
    const end = started.inject("t-1", "broker-down");
    started.run(1000);
    expect(levels()).toEqual(["degraded", undefined]);
    started.inject("t-0", "broker-down");
    started.inject("t-2", "broker-down");
    started.run(1000);
    expect(levels()).toEqual(["degraded", "down"]);
    end();
    started.run(1000);
    expect(levels()).toEqual(["degraded", undefined]);
  });
});

describe("a slow consumer", () => {
  it.each([
    [2, undefined],
    [5, "degraded"],
    [20, "critical"],
  ])("of factor %d is %s, relative to its configured time", (factor, level) => {
    const started = startTaskQueue(oneQueue({ consumers: { processing_time: 60, distribution: "normal" } }));
    started.inject("c-1", "slow-consumer", { factor });
    started.run(15_000);
    expect(levelFor(started, "c-1", "consumer", "slowdown")).toBe(level);
    expect(levelFor(started, "c-2", "consumer", "slowdown")).toBeUndefined();
  });

  it("is not accused on the evidence of one message", () => {
    const started = startTaskQueue(oneQueue({ ...still, consumers: { count: 1 } }));
    started.inject("c-1", "slow-consumer", { factor: 50 });
    started.act("q", "publish", { messages: 1 });
    started.run(60_000);
    expect(started.record("c-1").times("processing_time")).toHaveLength(1);
    expect(levelFor(started, "c-1", "consumer", "slowdown")).toBeUndefined();
  });
});

describe("settings", () => {
  it("that an operator changes are visible", () => {
    const started = startTaskQueue(oneQueue());
    const settings = () => [
      ...["early_acks", "no_acks", "idempotency_guard", "prefetch"].map((id) =>
        started.record("c-1").gauge(id),
      ),
      started.record("q").gauge("dead_lettering"),
    ];
    started.run(1000);
    expect(settings()).toEqual([0, 0, 1, 1, 1]);
    // The defaults of the actions change something.
    for (const action of ["set-ack-mode", "set-idempotency-guard", "set-prefetch"])
      started.act("c-1", action);
    started.act("q", "set-dead-letter");
    started.run(1000);
    expect(settings()).toEqual([1, 0, 0, 50, 0]);
    started.act("c-1", "set-ack-mode", { mode: "never" });
    started.run(1000);
    expect(settings().slice(0, 2)).toEqual([0, 1]);
  });
});

describe("texts", () => {
  it("of actions do not repeat the name of their entity, which is shown before them", () => {
    const started = startTaskQueue({ ...oneTopic(), ...{ producers: [] } });
    started.inject("t", "poison-message", { messages: 3 });
    started.run(60_000);
    for (const { kind, accepts } of taskQueue.actionKinds) {
      if (!accepts.includes("queue")) continue;
      expect(started.act("t", kind).split(/[: ]/)).not.toContain("t");
    }
  });

  it("of failures begin with what happened and end with the message", () => {
    const started = startTaskQueue(oneQueue({ ...still, queue: { max_retries: 2 } }));
    started.inject("q", "poison-message");
    started.run(20_000);
    expect(started.record("q").failures).toEqual([
      expect.stringMatching(/^retry 1 of 2 in 1s: message 1$/),
      expect.stringMatching(/^retry 2 of 2 in 2s: message 1$/),
      "dead letter after 3 attempts: message 1",
    ]);
  });
});
