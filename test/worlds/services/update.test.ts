import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CALM, mean, type Services, startSimulation } from "./harness.ts";

/** Independent services with all kinds of state. */
const ALONE: Services = {
  queueing: { ...CALM, rate: 90, capacity: 80 },
  slow: { ...CALM, base_latency: 5_000, publishes: [{ to: "orders", probability: 0.5 }] },
  phases: {
    base_latency: 20,
    model: "longtail",
    endpoints: [{ name: "/a" }, { name: "/b", share: 3 }],
    instances: 2,
    spikes: { every: "5s", factor: 3, lasts: "2s" },
    failures: { every: "5s", lasts: "2s" },
  },
  leaking: { ...CALM, interval: "300ms" },
};

function start(services: Services) {
  const sim = startSimulation(services, { send: () => undefined });
  sim.run(5_000);
  sim.inject("leaking", "memory", 120);
  return sim;
}

describe("an update of the services", () => {
  it("does not affect services with unchanged options, at any time and number of updates", () => {
    const names = Object.keys(ALONE);
    const undisturbed = start(ALONE);
    undisturbed.run(25_000);
    const expected = undisturbed.observations();
    const edit = fc.record({
      afterMs: fc.integer({ min: 0, max: 6_000 }),
      changed: fc.subarray(names, { maxLength: 2 }),
      removed: fc.subarray(names, { maxLength: 1 }),
      added: fc.boolean(),
      reversed: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 4 }), (edits) => {
        const sim = start(ALONE);
        const untouched = new Set(names);
        for (const { afterMs, changed, removed, added, reversed } of edits) {
          sim.run(afterMs);
          const entries = Object.entries(ALONE)
            .filter(([name]) => !removed.includes(name))
            .map(([name, input]) => [name, changed.includes(name) ? { ...input, cpu: 77 } : input] as const);
          if (reversed) entries.reverse();
          if (added) entries.unshift(["added", { ...CALM, rate: 10 }]);
          sim.update(Object.fromEntries(entries));
          for (const name of [...changed, ...removed]) untouched.delete(name);
        }
        sim.run(25_000 - edits.reduce((sum, { afterMs }) => sum + afterMs, 0));
        const observations = sim.observations();
        for (const name of untouched) expect(observations[name]).toEqual(expected[name]);
        expect(sim.problems).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it("stops the removed ones and starts the added ones", () => {
    const sim = startSimulation({ a: CALM, b: CALM });
    sim.run(5_000);
    const from = sim.clock.now();
    sim.update({ b: CALM, c: CALM });
    sim.run(5_000);
    expect(sim.since("a", from)).toEqual([]);
    expect(sim.since("b", from).length).toBeGreaterThan(200);
    expect(sim.since("c", from).length).toBeGreaterThan(150);
    sim.simulation.stop();
    expect(sim.timers()).toBe(0);
  });

  it("replaces the changed ones: the old one records nothing afterwards", () => {
    const sim = startSimulation({ a: { ...CALM, base_latency: 3_000 } });
    sim.run(5_000);
    const from = sim.clock.now();
    sim.update({ a: { ...CALM, base_latency: 10 } });
    sim.run(5_000);
    const latencies = sim.since("a", from).map(({ latencyMs }) => latencyMs);
    expect(latencies.length).toBeGreaterThan(150);
    expect(Math.max(...latencies)).toBeLessThan(100);
  });

  it("restarts a service that was removed and added again with the same options", () => {
    const sim = startSimulation({ a: { ...CALM, base_latency: 3_000 }, b: CALM });
    sim.run(5_000);
    const before = sim.seen("a");
    const recorded = before.requests.length;
    sim.forget("a");
    sim.update({ a: { ...CALM, base_latency: 3_000 }, b: CALM });
    sim.run(2_500);
    expect(before.requests).toHaveLength(recorded);
    expect(sim.seen("a").requests).toEqual([]);
    expect(sim.seen("a").heartbeats.length).toBeGreaterThan(10);
  });

  it("links the calls of the others to the replaced, added and removed ones", () => {
    const caller = { ...CALM, calls: [{ service: "b" }] };
    const sim = startSimulation({ a: caller, b: { ...CALM, rate: 0 } });
    const meanOfA = () => {
      sim.run(2_000);
      const from = sim.clock.now();
      sim.run(5_000);
      return mean(sim.since("a", from).map(({ latencyMs }) => latencyMs));
    };
    expect(meanOfA()).toBeCloseTo(200, -1);
    sim.update({ a: caller, b: { ...CALM, rate: 0, base_latency: 400 } });
    expect(meanOfA()).toBeCloseTo(500, -1);
    sim.update({ a: caller });
    expect(meanOfA()).toBeCloseTo(100, -1);
    sim.update({ a: caller, b: { ...CALM, rate: 0 } });
    expect(meanOfA()).toBeCloseTo(200, -1);
  });

  it("adapts the default capacity of a callee to its new callers, and keeps its utilisation", () => {
    const callee = { ...CALM, rate: 0 };
    const sim = startSimulation({ b: callee });
    sim.run(1_000);
    const callers = { a: { ...CALM, rate: 60, calls: [{ service: "b" }] } };
    sim.update({ b: callee, ...callers });
    sim.run(30_000);
    // The minimum capacity, 20 requests per second, would refuse two of three.
    const { requests } = sim.seen("b");
    expect(requests.length).toBeGreaterThan(1_500);
    expect(requests.every(({ ok }) => ok)).toBe(true);
    const cpuAt = () =>
      mean(
        sim
          .seen("b")
          .gauges.filter(({ name }) => name === "cpu")
          .slice(-10)
          .map(({ value }) => value),
      );
    const loaded = cpuAt();
    // Half of the callers are removed: the same arrivals use more of a smaller capacity, from the first step
    // on.
    sim.update({ b: callee, a: { ...callers.a, rate: 30 } });
    sim.run(2_000);
    expect(cpuAt()).toBeGreaterThan(loaded);
  });

  it("clears the problem of a service that is replaced", () => {
    let broken = true;
    const sim = startSimulation(
      { a: CALM },
      {
        applyFaults: () => {
          if (broken) throw new Error("no such fault");
        },
      },
    );
    sim.run(1_000);
    broken = false;
    sim.update({ a: { ...CALM, rate: 10 } });
    expect(sim.problems).toEqual([
      ["a", "the simulation failed: no such fault"],
      ["a", undefined],
    ]);
  });
});
