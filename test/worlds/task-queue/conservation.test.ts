import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ParamSpecs, Params } from "../../../src/core/params.ts";
import { taskQueue } from "../../../src/worlds/task-queue/index.ts";
import { type Started, startTaskQueue } from "./harness.ts";

const options = {
  queues: [{ name: "q", priorities: 3, visibility_timeout: "3s", max_retries: 2, max_depth: 400 }],
  topics: [
    {
      name: "t",
      partitions: 4,
      visibility_timeout: "4s",
      session_timeout: "1s",
      max_retries: 1,
      max_depth: 200,
    },
  ],
  producers: [
    { name: "p", to: "q", rate: 60 },
    { name: "e", to: "t", rate: 60, outbox: 50 },
  ],
  consumers: [
    {
      name: "c",
      from: "q",
      count: 3,
      concurrency: 2,
      prefetch: 3,
      processing_time: 60,
      failure_rate: 0.1,
      permanent_failures: 0.2,
      autoscale: { min: 1, max: 6, target_depth: 20, cooldown: "2s" },
    },
    { name: "d", from: "t", count: 3, prefetch: 5, concurrency: 2, processing_time: 40, failure_rate: 0.05 },
  ],
};

/** Random values for parameters, within their levels. */
function paramsFor(specs: ParamSpecs): fc.Arbitrary<Params> {
  return fc.record(
    Object.fromEntries(
      Object.entries(specs).map(([name, spec]) => [
        name,
        spec.type === "choice"
          ? fc.constantFrom(...spec.choices)
          : fc.constantFrom(...spec.levels.slice(0, 4)),
      ]),
    ),
  ) as fc.Arbitrary<Params>;
}

const entities = taskQueue.entities(taskQueue.schema.parse(options), "test");
const waits = fc.integer({ min: 1, max: 2500 });

/** Any fault or action on any entity that accepts it, after a random time. */
const disturbance = fc.oneof(
  fc.constantFrom(...taskQueue.faultKinds).chain((kind) =>
    fc.record({
      type: fc.constant("fault" as const),
      kind: fc.constant(kind.kind),
      entity: fc.constantFrom(...entities.filter((e) => kind.accepts.includes(e.kind)).map((e) => e.name)),
      params: paramsFor(kind.params),
      ttl: fc.integer({ min: 1, max: 5000 }),
      wait: waits,
    }),
  ),
  fc.constantFrom(...taskQueue.actionKinds).chain((kind) =>
    fc.record({
      type: fc.constant("action" as const),
      kind: fc.constant(kind.kind),
      entity: fc.constantFrom(...entities.filter((e) => kind.accepts.includes(e.kind)).map((e) => e.name)),
      params: paramsFor(kind.params),
      ttl: fc.constant(0),
      wait: waits,
    }),
  ),
);

type Disturbance = typeof disturbance extends fc.Arbitrary<infer Value> ? Value : never;

function disturb(started: Started, { type, kind, entity, params, ttl, wait }: Disturbance): void {
  if (type === "fault") started.inject(entity, kind, params, ttl);
  else {
    try {
      started.act(entity, kind, params);
    } catch (error) {
      // Refused with a message: the broker is down, or there are no dead letters.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  started.run(wait);
}

function expectNothingVanished(started: Started): void {
  for (const name of ["q", "t"]) {
    const m = started.messages(name);
    expect(m.waiting + m.delayed + m.inFlight + m.completed + m.deadLetters + m.lost).toBe(m.published);
    // Every completed message had its side effect once; others are duplicates, or their message has no
    // outcome yet.
    expect(m.sideEffects - m.duplicates).toBeLessThanOrEqual(m.published);
    expect(m.completed).toBeLessThanOrEqual(m.sideEffects - m.duplicates);
    for (const { channel } of started.world.population.queues.get(name)!.queue.parts) {
      // Replayed dead letters add to the accepted messages, once; so do retries of early acknowledged ones.
      const most = 2 * channel.options.max_depth + 100;
      expect(channel.size + channel.deadLetters.size).toBeLessThanOrEqual(most);
      expect(channel.depth).toBeGreaterThanOrEqual(0);
    }
  }
}

function expectConsumersConsistent(started: Started): void {
  for (const { queue } of started.world.population.queues.values()) {
    for (const consumer of queue.consumers) {
      const open = queue.channels.flatMap(({ unacked }) => unacked.of(consumer));
      expect(consumer.unacked).toBe(open.length);
      expect(consumer.unackedDone).toBe(open.filter(({ state }) => state === "done").length);
      expect(consumer.held).toBeGreaterThanOrEqual(consumer.working);
      expect(consumer.working).toBeLessThanOrEqual(consumer.concurrency);
    }
  }
}

describe("a message", () => {
  it("is always in exactly one state, with any faults", () => {
    fc.assert(
      fc.property(
        fc.array(disturbance, { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 1, max: 1000 }),
        (disturbances, seed) => {
          const started = startTaskQueue(options, { seed, keepTimes: false });
          started.run(777);
          for (const each of disturbances) {
            disturb(started, each);
            expectNothingVanished(started);
            expectConsumersConsistent(started);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("is eventually processed if no message is lost", () => {
    fc.assert(
      fc.property(fc.array(disturbance, { minLength: 1, maxLength: 10 }), (disturbances) => {
        const started = startTaskQueue(options, { keepTimes: false });
        for (const each of disturbances) disturb(started, each);
        started.run(10_000);
        for (const group of ["c-1", "d-1"]) {
          started.act(group, "scale-consumers", { consumers: 4 });
          started.act(group, "set-ack-mode", { mode: "late" });
        }
        for (const queue of ["q", "t"]) started.act(queue, "set-dead-letter", { dead_letter: "on" });
        started.update({ ...options, producers: [] });
        started.run(120_000);
        for (const queue of ["q", "t"]) {
          const { waiting, delayed, inFlight } = started.messages(queue);
          expect({ waiting, delayed, inFlight }).toEqual({ waiting: 0, delayed: 0, inFlight: 0 });
        }
      }),
      { numRuns: 40 },
    );
  });

  it("has the same history with the same seed, and another with another seed", () => {
    fc.assert(
      fc.property(
        fc.array(disturbance, { maxLength: 6 }),
        fc.integer({ min: 1, max: 99 }),
        (faults, seed) => {
          const trace = (withSeed: number) => {
            const started = startTaskQueue(options, { seed: withSeed, trace: true, keepTimes: false });
            for (const each of faults) disturb(started, each);
            started.run(3000);
            return started.lines.join("\n");
          };
          expect(trace(seed)).toBe(trace(seed));
          expect(trace(seed)).not.toBe(trace(seed + 100));
        },
      ),
      { numRuns: 15 },
    );
  });
});
