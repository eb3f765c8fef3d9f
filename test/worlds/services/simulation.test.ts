import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ParamSpec } from "../../../src/core/params.ts";
import { serviceFaults } from "../../../src/worlds/services/faults/index.ts";
import { mean, type Services, startSimulation } from "./harness.ts";

const SERVICES: Services = {
  gateway: { base_latency: 50, rate: 40, calls: [{ service: "payment", probability: 0.5 }] },
  payment: { base_latency: 200, rate: 5, interval: 300, error_rate: 0.1 },
  mail: { base_latency: 80, rate: 30, interval: 500, model: "longtail", failures: { every: "10s" } },
};

/** All observations of services in ten seconds, with a fault. */
function observed(services: Services, seed: number) {
  const sim = startSimulation(services, { seed });
  sim.run(5_000);
  sim.inject("payment", "latency", 800);
  sim.run(5_000);
  return sim.observations();
}

describe("determinism", () => {
  it("the same seed gives the same observations, another seed different ones", () => {
    expect(observed(SERVICES, 7)).toEqual(observed(SERVICES, 7));
    for (const name of Object.keys(SERVICES)) {
      expect(observed(SERVICES, 7)[name]).not.toEqual(observed(SERVICES, 8)[name]);
    }
  });

  it("an unrelated service does not affect others, at any position in the list", () => {
    const alone = observed(SERVICES, 7);
    const first = observed({ extra: { base_latency: 5, rate: 200 }, ...SERVICES }, 7);
    const last = observed({ ...SERVICES, extra: { base_latency: 5, calls: [{ service: "extra2" }] } }, 7);
    for (const name of Object.keys(SERVICES)) {
      expect(first[name]).toEqual(alone[name]);
      expect(last[name]).toEqual(alone[name]);
    }
  });

  it("a caller affects its callee, and a callee its caller", () => {
    const { gateway, mail, payment } = SERVICES as Record<keyof typeof SERVICES, Services[string]>;
    const alone = observed({ payment: payment!, mail: mail! }, 7);
    expect(alone.payment).not.toEqual(observed(SERVICES, 7).payment);
    const slower = observed({ gateway: gateway!, payment: { ...payment!, base_latency: 300 } }, 7);
    expect(slower.gateway).not.toEqual(observed(SERVICES, 7).gateway);
  });
});

describe("time", () => {
  it("nothing is recorded ahead of the clock, nor later than a step after it happened", () => {
    const sim = startSimulation(SERVICES);
    sim.run(30_000);
    for (const name of Object.keys(SERVICES)) {
      const { requests } = sim.seen(name);
      const { interval } = { interval: 200, ...SERVICES[name] };
      expect(requests.length).toBeGreaterThan(100);
      for (const { at, recordedAt } of requests) {
        expect(at).toBeLessThanOrEqual(recordedAt);
        expect(at).toBeGreaterThan(recordedAt - Number(interval));
      }
    }
  });

  it("every step records a check, a heartbeat and both gauges, at its own instant", () => {
    const sim = startSimulation(SERVICES);
    sim.run(9_000);
    const { checks, heartbeats, gauges } = sim.seen("payment");
    expect(heartbeats).toHaveLength(30);
    expect(checks.map(({ at }) => at)).toEqual(heartbeats);
    expect(gauges.filter(({ name }) => name === "cpu").map(({ at }) => at)).toEqual(heartbeats);
    expect(gauges.filter(({ name }) => name === "memory").map(({ at }) => at)).toEqual(heartbeats);
    expect(heartbeats.slice(1).every((at, index) => at - heartbeats[index]! === 300)).toBe(true);
  });

  it("nothing happens after a stop", () => {
    const sim = startSimulation(SERVICES);
    sim.run(1_000);
    sim.simulation.stop();
    const before = sim.observations();
    sim.run(5_000);
    expect(sim.observations()).toEqual(before);
    expect(sim.timers()).toBe(0);
  });
});

describe("traffic", () => {
  it("arrives at the configured rate, with the randomness of independent arrivals", () => {
    const sim = startSimulation({ a: { base_latency: 1, deviation: 0, rate: 50 } });
    sim.run(200_000);
    const { requests } = sim.seen("a");
    expect(requests.length / 200).toBeGreaterThan(48);
    expect(requests.length / 200).toBeLessThan(52);
    const arrivals = requests.map(({ at, latencyMs }) => at - latencyMs).sort((a, b) => a - b);
    const gaps = arrivals.slice(1).map((at, index) => at - arrivals[index]!);
    // Exponential gaps: the standard deviation is the mean.
    const deviation = Math.sqrt(mean(gaps.map((gap) => (gap - mean(gaps)) ** 2)));
    expect(deviation / mean(gaps)).toBeGreaterThan(0.95);
    expect(deviation / mean(gaps)).toBeLessThan(1.05);
  });

  it("fails, and fails its checks, as often as configured", () => {
    const sim = startSimulation({ a: { base_latency: 10, rate: 100, error_rate: 0.1, failed_checks: 0.2 } });
    sim.run(300_000);
    const { requests, checks } = sim.seen("a");
    const errors = requests.filter(({ ok }) => !ok);
    expect(errors.length / requests.length).toBeCloseTo(0.1, 1);
    expect(new Set(errors.map(({ error }) => error))).toEqual(new Set(["internal error"]));
    const failed = checks.filter(({ pass }) => !pass);
    expect(failed.length / checks.length).toBeGreaterThan(0.15);
    expect(failed.length / checks.length).toBeLessThan(0.25);
    expect(failed[0]?.reason).toBe("not ready");
  });

  it("causes queueing near the capacity", () => {
    const meanAt = (rate: number) => {
      const sim = startSimulation({
        a: { base_latency: 50, deviation: 0, rate, capacity: 100, spikes: { factor: 1 } },
      });
      sim.run(60_000);
      return mean(sim.seen("a").requests.map(({ latencyMs }) => latencyMs));
    };
    expect(meanAt(20)).toBeLessThan(52);
    expect(meanAt(90)).toBeGreaterThan(70);
    expect(meanAt(130)).toBeGreaterThan(1500);
  });

  it("has spikes of latency and phases of failure when configured", () => {
    const sim = startSimulation({
      spiky: { base_latency: 100, deviation: 0, spikes: { every: "10s", factor: 3, lasts: "5s" } },
      flaky: { base_latency: 100, failures: { every: "10s", error_rate: 1, lasts: "5s" } },
    });
    sim.run(120_000);
    const slow = sim.seen("spiky").requests.filter(({ latencyMs }) => latencyMs >= 300);
    const bad = sim.seen("flaky").requests.filter(({ ok }) => !ok);
    for (const share of [slow.length / sim.seen("spiky").requests.length, bad.length / 2400]) {
      expect(share).toBeGreaterThan(0.1);
      expect(share).toBeLessThan(0.6);
    }
  });
});

/** The highest level of a fault's first parameter. */
function strongest(kind: keyof typeof serviceFaults): number | undefined {
  const [first] = Object.values<ParamSpec>(serviceFaults[kind].params);
  return first?.type === "number" ? first.levels.at(-1) : undefined;
}

it("latencies are finite and at least 1 ms, whatever the options and faults", () => {
  const options = fc.record({
    model: fc.constantFrom("normal" as const, "longtail" as const),
    base_latency: fc.double({ min: 1, max: 60_000, noNaN: true }),
    deviation: fc.double({ min: 0, max: 2, noNaN: true }),
    error_rate: fc.double({ min: 0, max: 1, noNaN: true }),
    rate: fc.double({ min: 0, max: 100, noNaN: true }),
    capacity: fc.double({ min: 0.01, max: 200, noNaN: true }),
    interval: fc.integer({ min: 50, max: 2000 }),
    cpu: fc.double({ min: 0, max: 100, noNaN: true }),
    memory: fc.double({ min: 0, max: 80, noNaN: true }),
  });
  const fault = fc.constantFrom(...(Object.keys(serviceFaults) as (keyof typeof serviceFaults)[]));
  fc.assert(
    fc.property(options, options, fault, fc.integer(), (caller, callee, kind, seed) => {
      const sim = startSimulation({ a: { ...caller, calls: [{ service: "b" }] }, b: callee }, { seed });
      sim.inject("b", kind, strongest(kind));
      sim.run(10_000);
      for (const { requests, gauges } of [sim.seen("a"), sim.seen("b")]) {
        for (const { latencyMs } of requests) {
          if (!(Number.isFinite(latencyMs) && latencyMs >= 1)) expect.fail(`latency ${latencyMs}`);
        }
        for (const { name, value } of gauges) {
          const most = name === "cpu" || name === "memory" ? 100 : Number.MAX_VALUE;
          if (!(value >= 0 && value <= most)) expect.fail(`gauge ${value}`);
        }
      }
      expect(sim.problems).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
