import { describe, expect, it } from "vitest";
import { oneQueue, oneTopic, type Started, startTaskQueue } from "./harness.ts";

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The increase of a counter of an entity in the given ms. */
function growth(started: Started, entity: string, counter: string, ms: number): number {
  const before = started.record(entity).count(counter);
  started.run(ms);
  return started.record(entity).count(counter) - before;
}

describe("two consumers of different speed with prefetch 1", () => {
  it("share the work in proportion to their speed, and both stay busy", () => {
    const started = startTaskQueue(
      oneQueue({ producer: { rate: 30 }, consumers: { count: 2, processing_time: "100ms" } }),
    );
    // Together they can process 13.3 messages per second, fewer than are published.
    started.inject("c-2", "slow-consumer", { factor: 3 });
    started.run(60_000);
    const [fast, slow] = ["c-1", "c-2"].map((name) => started.record(name));
    expect(fast!.count("processed") / slow!.count("processed")).toBeGreaterThan(2.3);
    expect(fast!.count("processed") / slow!.count("processed")).toBeLessThan(3.9);
    expect(fast!.gauge("utilisation")).toBeGreaterThan(0.99);
    expect(slow!.gauge("utilisation")).toBeGreaterThan(0.99);
    expect(fast!.count("processed") / fast!.count("all_processed")).toBeGreaterThan(0.6);
  });
});

describe("prefetch", () => {
  it("of a consumer that takes all messages leaves others idle and lowers the fairness", () => {
    const started = startTaskQueue(oneQueue({ producer: { rate: 20 } }));
    started.run(40_000);
    expect(started.record("q").gauge("fairness")).toBeGreaterThan(0.9);
    started.inject("c-1", "prefetch-hog", { prefetch: 500 });
    started.run(25_000);
    expect(started.record("q").gauge("fairness")).toBeLessThan(0.5);
    expect(started.record("c-1").gauge("held")).toBeGreaterThan(50);
    expect(started.record("c-1").gauge("utilisation")).toBeGreaterThan(0.99);
    for (const name of ["c-2", "c-3"]) {
      expect(started.record(name).gauge("utilisation")).toBeLessThan(0.05);
      expect(started.record(name).gauge("starvation")).toBeGreaterThan(0.9);
    }
  });

  it("of 50 leaves added consumers idle while the first one holds the backlog", () => {
    const addedWork = (prefetch: number) => {
      const started = startTaskQueue(oneQueue({ producer: { rate: 0 }, consumers: { count: 1 } }));
      started.act("c-1", "set-prefetch", { prefetch });
      started.act("q", "publish", { messages: 50 });
      started.run(200);
      started.act("c-1", "scale-consumers", { consumers: 4 });
      started.run(30_000);
      return sum(["c-2", "c-3", "c-4"].map((name) => started.record(name).count("processed")));
    };
    expect(addedWork(50)).toBe(0);
    expect(addedWork(1)).toBeGreaterThan(25);
  });
});

describe("scaling", () => {
  it("declares and retires consumers, without losing or repeating a message", () => {
    const started = startTaskQueue(oneQueue({ producer: { rate: 50 }, consumers: { idempotent: false } }));
    started.run(5000);
    expect(started.act("c-2", "scale-consumers", { consumers: 6 })).toContain("6 consumers");
    started.run(20_000);
    expect([...started.discovered]).toEqual(["c-4", "c-5", "c-6"]);
    expect(started.record("c-6").count("processed")).toBeGreaterThan(10);
    expect(started.record("c-6").seen.length).toBeGreaterThan(10);
    started.act("q", "scale-consumers", { consumers: 2 });
    started.run(5000);
    expect([...started.discovered]).toEqual([]);
    expect(started.messages("q")).toMatchObject({ lost: 0, duplicates: 0 });
    expect(started.record("q").count("redelivered")).toBe(0);
    // The third is part of the config: it stays, alive, but with no values of a working consumer.
    const third = started.record("c-3");
    const { length } = third.seen;
    third.gauges.clear();
    expect(growth(started, "c-3", "processed", 5000)).toBe(0);
    expect([...third.gauges]).toEqual([["active", 0]]);
    expect(third.seen.length).toBeGreaterThan(length);
    started.act("q", "scale-consumers", { consumers: 3 });
    expect(growth(started, "c-3", "processed", 5000)).toBeGreaterThan(10);
    expect(third.gauge("active")).toBe(1);
    expect(third.gauge("up")).toBe(1);
  });

  it("follows the backlog, up immediately and down one by one", () => {
    const autoscale = { min: 2, max: 8, target_depth: 20, cooldown: "5s" };
    const started = startTaskQueue(oneQueue({ producer: { rate: 10 }, consumers: { count: 2, autoscale } }));
    started.run(10_000);
    expect(started.record("q").gauge("consumers")).toBe(2);
    started.inject("p", "producer-burst", { factor: 10 }, 10_000);
    started.run(10_000);
    expect(started.record("q").gauge("consumers")).toBe(8);
    started.run(80_000);
    expect(started.record("q").gauge("consumers")).toBe(2);
    expect(started.record("q").gauge("depth")).toBeLessThan(10);
  });
});

describe("a rebalance", () => {
  it("redelivers messages in flight once", () => {
    const started = startTaskQueue(
      oneTopic({
        producer: { rate: 0 },
        consumers: { prefetch: 5, processing_time: "1s", distribution: "fixed", idempotent: false },
      }),
    );
    started.act("t", "publish", { messages: 60 });
    started.run(600);
    const inFlight = started.record("t").gauge("in_flight");
    expect(inFlight).toBe(15);
    started.act("t", "rebalance");
    started.run(60_000);
    expect(started.record("t").count("redelivered")).toBe(inFlight);
    // Only the three messages in process have their side effect twice.
    expect(started.messages("t")).toMatchObject({ completed: 60, lost: 0, duplicates: 3 });
  });

  it("moves the partitions of a leaving consumer to the others, and back when it returns", () => {
    const started = startTaskQueue(oneTopic());
    started.run(5000);
    const partitions = () => ["c-1", "c-2", "c-3"].map((name) => started.record(name).gauge("partitions"));
    expect(partitions()).toEqual([1, 1, 1]);
    started.inject("c-2", "consumer-crash", {}, 5000);
    started.run(3000);
    expect(partitions()[1]).toBe(0);
    expect(sum(partitions())).toBe(3);
    started.run(5000);
    expect(partitions()).toEqual([1, 1, 1]);
  });

  it("leaves a consumer without a partition idle, which is not starvation: no other can give it work", () => {
    const started = startTaskQueue(oneTopic({ producer: { rate: 60 }, consumers: { count: 4 } }));
    started.run(10_000);
    const recordings = ["c-1", "c-2", "c-3", "c-4"].map((name) => started.record(name));
    expect(recordings.map((each) => each.gauge("partitions")).sort()).toEqual([0, 1, 1, 1]);
    expect(recordings.map((each) => each.gauge("starvation"))).toEqual([0, 0, 0, 0]);
  });

  it("shows the new owner of each partition", () => {
    const started = startTaskQueue(oneTopic());
    const owners = () => ["t-0", "t-1", "t-2"].map((name) => started.record(name).gauge("owner"));
    started.run(1000);
    expect(owners().sort()).toEqual([1, 2, 3]);
    const before = owners();
    started.act("t", "rebalance");
    started.run(600);
    owners().forEach((owner, i) => {
      expect(owner).not.toBe(before[i]);
    });
    started.act("t", "scale-consumers", { consumers: 0 });
    started.run(1000);
    expect(owners()).toEqual([0, 0, 0]);
  });

  it("is refused for a queue without partitions", () => {
    expect(() => startTaskQueue(oneQueue()).act("q", "rebalance")).toThrow(RangeError);
  });
});

describe("a network partition", () => {
  it("of a consumer redelivers its messages to others after the session timeout: they are processed twice", () => {
    const started = startTaskQueue(
      oneQueue({
        queue: { session_timeout: "2s" },
        consumers: { prefetch: 3, processing_time: "500ms", idempotent: false },
      }),
    );
    started.run(3000);
    started.inject("c-1", "network-partition", {}, 6000);
    started.run(1500);
    expect(started.record("q").count("redelivered")).toBe(0);
    started.run(4000);
    expect(started.record("q").count("redelivered")).toBe(3);
    expect(started.messages("q").duplicates).toBeGreaterThan(0);
    started.run(1000);
    expect(growth(started, "c-1", "processed", 5000)).toBeGreaterThan(3);
  });

  it("that ends before the session timeout has no effect", () => {
    const started = startTaskQueue(oneQueue({ consumers: { idempotent: false } }));
    started.run(3000);
    started.inject("c-1", "network-partition", {}, 3000);
    started.run(20_000);
    expect(started.record("q").count("redelivered")).toBe(0);
    expect(started.messages("q")).toMatchObject({ duplicates: 0, lost: 0 });
  });

  it("of a producer fills its outbox, which is published afterwards", () => {
    const started = startTaskQueue(oneQueue());
    started.run(3000);
    started.inject("p", "network-partition", {}, 5000);
    started.run(100);
    expect(growth(started, "q", "published", 4800)).toBe(0);
    expect(started.record("p").gauge("unsent")).toBeGreaterThan(60);
    expect(started.record("p").gauge("up")).toBe(0);
    started.run(5000);
    expect(started.record("p").gauge("unsent")).toBe(0);
    expect(started.record("p").count("dropped")).toBe(0);
  });
});

describe("a broker that is down", () => {
  it("accepts and delivers nothing; messages wait in the outbox until it is back", () => {
    const started = startTaskQueue(oneQueue({ consumers: { idempotent: false } }));
    started.run(5000);
    started.inject("q", "broker-down", {}, 5000);
    started.run(1000);
    expect(started.record("q").gauge("up")).toBe(0);
    expect(started.record("p").failures.at(-1)).toContain("broker down");
    expect(started.world.receive("q", started.clock.now())).toBe("broker down");
    expect(() => started.act("q", "publish")).toThrow("broker down");
    expect(growth(started, "q", "acked", 3000)).toBe(0);
    expect(started.record("p").gauge("unsent")).toBeGreaterThan(40);
    started.run(20_000);
    expect(started.record("q").gauge("up")).toBe(1);
    expect(started.record("p").gauge("unsent")).toBe(0);
    expect(started.messages("q").lost).toBe(0);
  });

  it("stops only one partition if only its leader is down", () => {
    const started = startTaskQueue(oneTopic());
    started.run(2000);
    started.inject("t-2", "broker-down");
    started.run(1000);
    expect(growth(started, "t-2", "acked", 5000)).toBe(0);
    expect(growth(started, "t-0", "acked", 5000)).toBeGreaterThan(5);
    expect(started.record("t-2").gauge("up")).toBe(0);
    expect(started.record("t").gauge("up")).toBe(1);
  });
});

describe("load", () => {
  it("beyond the capacity increases depth, age and growth", () => {
    const started = startTaskQueue(oneQueue());
    started.run(20_000);
    expect(started.record("q").gauge("depth")).toBeLessThan(30);
    started.inject("c-1", "slow-consumer", { factor: 50 });
    started.inject("c-2", "slow-consumer", { factor: 50 });
    started.run(60_000);
    expect(started.record("q").gauge("depth")).toBeGreaterThan(300);
    expect(started.record("q").gauge("oldest_age")).toBeGreaterThan(20_000);
    expect(started.record("q").gauge("lag_growth")).toBeGreaterThan(5);
  });

  it("goes to a hot partition by the share of the fault", () => {
    const started = startTaskQueue(oneTopic({ producer: { rate: 100 } }));
    started.inject("t-0", "hot-partition", { share: 75 });
    started.run(60_000);
    const [hot, ...others] = ["t-0", "t-1", "t-2"].map((name) => started.record(name).count("published"));
    expect(hot! / (hot! + sum(others))).toBeGreaterThan(0.8);
    expect(started.record("t-0").gauge("lag")).toBeGreaterThan(100);
    expect(started.record("t-1").gauge("lag")).toBeLessThan(50);
  });
});
