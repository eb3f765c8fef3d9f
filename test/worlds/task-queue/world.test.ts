import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { taskQueue } from "../../../src/worlds/task-queue/index.ts";
import { retryDelayMs } from "../../../src/worlds/task-queue/sim/retry.ts";
import { oneQueue, oneTopic, type Started, startTaskQueue } from "./harness.ts";

const both = { ...oneQueue(), topics: [{ name: "t" }] };
const linesOf = (started: Started, entities: readonly string[]) =>
  started.lines.filter((line) => entities.includes(line.split(" ")[1]!));

describe("the clock", () => {
  it("that jumps ahead causes no burst and does not age messages", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 86_400_000 }), (ms) => {
        const started = startTaskQueue(oneQueue({ producer: { rate: 40 }, consumers: { count: 2 } }));
        started.run(20_000);
        const before = started.messages("q");
        const age = started.record("q").gauge("oldest_age");
        started.sleep(ms);
        expect(started.messages("q").published - before.published).toBeLessThan(20);
        started.run(1000);
        expect(started.messages("q").published - before.published).toBeLessThan(100);
        expect(started.record("q").gauge("oldest_age") - age).toBeLessThan(2000);
        expect(started.record("p").seen.at(-1)).toBeGreaterThan(started.clock.now() - 600);
      }),
      { numRuns: 20 },
    );
  });
});

describe("hot-partition", () => {
  it.each([1, 2])("of a topic with %d partitions is refused if there is no other one", (partitions) => {
    const schema = taskQueue.schema.parse({ topics: [{ name: "t", partitions }] });
    const entity = taskQueue.entities(schema, "w").find(({ name }) => name === "t-0")!;
    const hot = taskQueue.faultKinds.find(({ kind }) => kind === "hot-partition")!;
    const refusal = hot.refuses?.({ origin: "w", labels: {}, ...entity });
    expect(refusal).toBe(partitions === 1 ? "it is the only partition of its topic" : undefined);
  });
});

describe("an update of the config", () => {
  it("without changes has no effect", () => {
    const run = (update: boolean) => {
      const started = startTaskQueue(both, { trace: true });
      started.run(5000);
      if (update) started.update(both);
      started.run(5000);
      return started.lines.join("\n");
    };
    expect(run(true)).toBe(run(false));
  });

  it("keeps messages and settings of an operator, and applies changed options", () => {
    const started = startTaskQueue(oneQueue({ producer: { rate: 0 }, consumers: { processing_time: "1s" } }));
    started.act("q", "publish", { messages: 100 });
    started.act("c-1", "set-prefetch", { prefetch: 5 });
    started.act("c-1", "scale-consumers", { consumers: 4 });
    started.run(2000);
    const { completed } = started.messages("q");
    started.update(oneQueue({ producer: { rate: 0 }, consumers: { processing_time: "10ms", count: 5 } }));
    started.run(3000);
    expect(completed).toBeGreaterThan(0);
    expect(started.messages("q").published).toBe(100);
    expect(started.record("c-1").gauge("prefetch")).toBe(5);
    expect(started.record("q").gauge("consumers")).toBe(5);
    started.run(60_000);
    expect(started.messages("q")).toMatchObject({ completed: 100, lost: 0 });
  });

  it("adds and removes queues, partitions, consumers and producers at run time", () => {
    const inputs = [
      oneQueue(),
      oneTopic(),
      both,
      oneTopic({ topic: { partitions: 5 }, consumers: { count: 2 } }),
      { ...oneQueue(), topics: [{ name: "t" }], consumers: [{ name: "c", from: "t", count: 2 }] },
      { queues: [{ name: "t" }], producers: [{ name: "p", to: "t" }], consumers: [{ name: "c", from: "t" }] },
      {},
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...inputs), { minLength: 1, maxLength: 8 }), (sequence) => {
        const started = startTaskQueue(both);
        for (const input of sequence) {
          started.run(1234);
          started.update(input);
        }
        started.run(3000);
        const last = taskQueue.schema.parse(sequence.at(-1));
        // The current consumers and producers work, after any earlier updates.
        for (const { name } of last.producers) expect(started.record(name).gauge("unsent")).toBe(0);
        for (const { from } of last.consumers) {
          const before = started.messages(from).completed;
          started.run(5000);
          const producing = last.producers.some(({ to }) => to === from);
          if (producing) expect(started.messages(from).completed).toBeGreaterThan(before);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("random streams", () => {
  it("are separate: another queue with its consumers does not change the numbers of this one", () => {
    const alone = startTaskQueue(oneQueue(), { trace: true });
    const more = startTaskQueue(
      {
        queues: [{ name: "other" }, { name: "q" }],
        producers: [
          { name: "op", to: "other", rate: 33 },
          { name: "p", to: "q", rate: 20 },
        ],
        consumers: [
          { name: "oc", from: "other", count: 2, failure_rate: 0.2 },
          { name: "c", from: "q", count: 3 },
        ],
      },
      { trace: true },
    );
    alone.run(20_000);
    more.run(20_000);
    const own = ["q", "p", "c-1", "c-2", "c-3"];
    expect(linesOf(more, own)).toEqual(linesOf(alone, own));
  });
});

describe("messages from another world", () => {
  it("are published at their time, and processed", () => {
    const started = startTaskQueue({ ...oneQueue({ producer: { rate: 0 } }), topics: [{ name: "t" }] });
    started.run(1000);
    for (let i = 0; i < 10; i += 1) {
      expect(started.world.receive("q", started.clock.now() + i * 20)).toBeUndefined();
      expect(started.world.receive("t", started.clock.now() - 50)).toBeUndefined();
    }
    started.run(5000);
    expect(started.messages("q")).toMatchObject({ published: 10, completed: 10 });
    expect(started.messages("t")).toMatchObject({ published: 10, waiting: 10 });
    expect(started.world.receive("nothing", started.clock.now())).toContain("nothing");
  });
});

describe("a stopped world", () => {
  it("stops recording", () => {
    const started = startTaskQueue(oneQueue(), { trace: true });
    started.run(1000);
    started.world.stop();
    const { length } = started.lines;
    started.run(5000);
    expect(started.lines.length).toBe(length);
  });
});

describe("the backoff", () => {
  it("doubles from 1 s, has at most 20 % of jitter, and never exceeds 60 s", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer(), (retry, seed) => {
        const delay = retryDelayMs(retry, createRandom(seed, "test"));
        const base = Math.min(60_000, 1000 * 2 ** (retry - 1));
        expect(delay).toBeGreaterThanOrEqual(base);
        expect(delay).toBeLessThanOrEqual(Math.min(60_000, base * 1.2));
      }),
    );
  });
});

const problems = (input: object) => taskQueue.problems!(taskQueue.schema.parse(input));

describe("options", () => {
  it("report every reference to an unknown queue, with its path", () => {
    const found = problems({
      queues: [{ name: "a" }],
      producers: [{ name: "p", to: "b" }],
      consumers: [{ name: "c", from: "b" }],
    });
    expect(found.map(({ path }) => path)).toEqual([
      ["producers", 0, "to"],
      ["consumers", 0, "from"],
    ]);
    expect(found[0]!.message).toContain('"b"');
  });

  it.each([
    ["a name that two entities would have", { queues: [{ name: "x" }, { name: "x" }] }],
    ["a queue with the name of a partition", { queues: [{ name: "t-1" }], topics: [{ name: "t" }] }],
    [
      "a second group of a topic",
      {
        topics: [{ name: "t" }],
        consumers: [
          { name: "a", from: "t" },
          { name: "b", from: "t" },
        ],
      },
    ],
    [
      "a count outside the limits of autoscale",
      { queues: [{ name: "q" }], consumers: [{ name: "c", from: "q", count: 5, autoscale: { max: 4 } }] },
    ],
    [
      "a priority that the queue does not have",
      { queues: [{ name: "q", priorities: 2 }], producers: [{ name: "p", to: "q", priority: 2 }] },
    ],
  ])("report %s once", (_what, input) => {
    expect(problems(input)).toHaveLength(1);
  });

  it("reject an unknown key and a too long duration", () => {
    expect(taskQueue.schema.safeParse({ queues: [{ name: "q", prio: 3 }] }).success).toBe(false);
    expect(taskQueue.schema.safeParse({ queues: [{ name: "q", visibility_timeout: "2h" }] }).success).toBe(
      false,
    );
  });
});

describe("kinds", () => {
  it("have unique keys per entity kind, across faults and actions", () => {
    for (const { kind } of taskQueue.entityKinds) {
      const keys = [...taskQueue.faultKinds, ...taskQueue.actionKinds]
        .filter(({ accepts }) => accepts.includes(kind))
        .map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.filter((key) => "jkgqx".includes(key) || !/^[a-z]$/.test(key))).toEqual([]);
    }
  });

  it("show and compare only their measures, and read only their metrics", () => {
    for (const { measures, metrics, columns, headline, bars, compared } of taskQueue.entityKinds) {
      const ids = new Set(measures.map(({ id }) => id));
      expect(ids.size).toBe(measures.length);
      const shown = [headline, ...bars, ...compared, ...columns.map(({ measure }) => measure)];
      expect(shown.filter((id) => !ids.has(id))).toEqual([]);
      expect(measures.filter(({ samples }) => samples !== undefined && !ids.has(samples))).toEqual([]);
      const names = new Set(metrics.map(({ name }) => name));
      for (const { read } of measures) {
        const read_ =
          read.type === "ratio" ? [read.of.metric, read.to.metric] : "metric" in read ? [read.metric] : [];
        expect(read_.filter((name) => !names.has(name))).toEqual([]);
      }
      for (const { heading, width } of columns) expect(heading.length).toBeLessThanOrEqual(width);
    }
  });

  it("have one measure per alert, because rules find a measure by its id in any kind", () => {
    const measures = taskQueue.entityKinds.flatMap((kind) => kind.measures);
    const withAlert = measures.filter(({ alert }) => alert !== undefined);
    expect(withAlert.length).toBeGreaterThan(0);
    for (const { id, alert, limits } of withAlert) {
      expect(limits).toBeDefined();
      const others = measures.filter((each) => (each.id === id && each.limits) || each.alert === alert);
      for (const other of others) expect([other.id, other.alert]).toEqual([id, alert]);
    }
  });

  it("declare every metric that the world records", () => {
    const started = startTaskQueue({
      ...oneQueue({ consumers: { failure_rate: 0.3 } }),
      topics: [{ name: "t" }],
      consumers: [
        { name: "c", from: "q" },
        { name: "d", from: "t" },
      ],
    });
    started.act("t", "publish");
    started.run(10_000);
    for (const { name, kind } of taskQueue.entities(taskQueue.schema.parse(both), "w")) {
      const { counters, gauges, values } = started.record(name);
      const declared = taskQueue.entityKinds.find((each) => each.kind === kind)!.metrics;
      const recorded = [...counters.keys(), ...gauges.keys(), ...values.keys()];
      expect(recorded.filter((metric) => !declared.some((each) => each.name === metric))).toEqual([]);
      if (name !== "c-2" && name !== "c-3") expect(recorded.length).toBeGreaterThan(4);
    }
  });

  it("have an example that is valid", () => {
    const { options } = taskQueue.example as { options: object };
    expect(problems(options)).toEqual([]);
  });
});
