import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRig, type Fleet, mean } from "./rig.ts";

const FLEET: Fleet = {
  gateway: { base_latency: 50, rate: 40, calls: [{ service: "payment", probability: 0.5 }] },
  payment: { base_latency: 200, rate: 5, interval: 300, error_rate: 0.1 },
  mail: { base_latency: 80, rate: 30, interval: 500, model: "longtail", failures: { every: "10s" } },
};

/** Everything that happens to a fleet in ten seconds, a fault included. */
function story(fleet: Fleet, seed: number) {
  const rig = createRig(fleet, { seed });
  rig.run(5_000);
  rig.inject("payment", "latency", 800);
  rig.run(5_000);
  return rig.all;
}

describe("determinism", () => {
  it("the same seed tells the same story, another seed another one", () => {
    expect(story(FLEET, 7)).toEqual(story(FLEET, 7));
    for (const name of Object.keys(FLEET)) {
      expect(story(FLEET, 7).get(name)).not.toEqual(story(FLEET, 8).get(name));
    }
  });

  it("an unrelated service changes nothing for the others, wherever it stands", () => {
    const alone = story(FLEET, 7);
    const first = story({ extra: { base_latency: 5, rate: 200 }, ...FLEET }, 7);
    const last = story({ ...FLEET, extra: { base_latency: 5, calls: [{ service: "extra2" }] } }, 7);
    for (const name of Object.keys(FLEET)) {
      expect(first.get(name)).toEqual(alone.get(name));
      expect(last.get(name)).toEqual(alone.get(name));
    }
  });

  it("a caller changes its callee, and a callee its caller", () => {
    const { gateway, mail, payment } = FLEET as Record<keyof typeof FLEET, Fleet[string]>;
    const alone = story({ payment: payment!, mail: mail! }, 7);
    expect(alone.get("payment")).not.toEqual(story(FLEET, 7).get("payment"));
    const slower = story({ gateway: gateway!, payment: { ...payment!, base_latency: 300 } }, 7);
    expect(slower.get("gateway")).not.toEqual(story(FLEET, 7).get("gateway"));
  });
});

describe("time", () => {
  it("nothing is told ahead of the clock, nor later than a beat after it happened", () => {
    const rig = createRig(FLEET);
    rig.run(30_000);
    for (const [name, { requests }] of rig.all) {
      const { interval } = { interval: 200, ...FLEET[name] };
      expect(requests.length).toBeGreaterThan(100);
      for (const { at, toldAt } of requests) {
        expect(at).toBeLessThanOrEqual(toldAt);
        expect(at).toBeGreaterThan(toldAt - Number(interval));
      }
    }
  });

  it("every beat brings a check, a heartbeat and both gauges, at its own instant", () => {
    const rig = createRig(FLEET);
    rig.run(9_000);
    const { checks, heartbeats, gauges } = rig.seen("payment");
    expect(heartbeats).toHaveLength(30);
    expect(checks.map(({ at }) => at)).toEqual(heartbeats);
    expect(gauges.filter(({ name }) => name === "cpu").map(({ at }) => at)).toEqual(heartbeats);
    expect(gauges.filter(({ name }) => name === "memory").map(({ at }) => at)).toEqual(heartbeats);
    expect(heartbeats.slice(1).every((at, index) => at - heartbeats[index]! === 300)).toBe(true);
  });

  it("nothing happens after a stop", () => {
    const rig = createRig(FLEET);
    rig.run(1_000);
    rig.world.stop();
    const before = structuredClone(rig.all);
    rig.run(5_000);
    expect(rig.all).toEqual(before);
  });
});

describe("traffic", () => {
  it("arrives at the rate told, with the randomness of independent arrivals", () => {
    const rig = createRig({ a: { base_latency: 1, deviation: 0, rate: 50 } });
    rig.run(200_000);
    const { requests } = rig.seen("a");
    expect(requests.length / 200).toBeGreaterThan(48);
    expect(requests.length / 200).toBeLessThan(52);
    const arrivals = requests.map(({ at, latencyMs }) => at - latencyMs).sort((a, b) => a - b);
    const gaps = arrivals.slice(1).map((at, index) => at - arrivals[index]!);
    // Exponential gaps: the standard deviation is the mean.
    const deviation = Math.sqrt(mean(gaps.map((gap) => (gap - mean(gaps)) ** 2)));
    expect(deviation / mean(gaps)).toBeGreaterThan(0.95);
    expect(deviation / mean(gaps)).toBeLessThan(1.05);
  });

  it("fails and fails its checks as often as told", () => {
    const rig = createRig({ a: { base_latency: 10, rate: 100, error_rate: 0.1, failed_checks: 0.2 } });
    rig.run(100_000);
    const { requests, checks } = rig.seen("a");
    const errors = requests.filter(({ ok }) => !ok);
    expect(errors.length / requests.length).toBeCloseTo(0.1, 1);
    expect(new Set(errors.map(({ error }) => error))).toEqual(new Set(["internal error"]));
    const failed = checks.filter(({ pass }) => !pass);
    expect(failed.length / checks.length).toBeGreaterThan(0.15);
    expect(failed.length / checks.length).toBeLessThan(0.25);
    expect(failed[0]?.reason).toBe("not ready");
  });

  it("grows a queue near the capacity", () => {
    const meanAt = (rate: number) => {
      const rig = createRig({
        a: { base_latency: 50, deviation: 0, rate, capacity: 100, spikes: { factor: 1 } },
      });
      rig.run(60_000);
      return mean(rig.seen("a").requests.map(({ latencyMs }) => latencyMs));
    };
    expect(meanAt(20)).toBeLessThan(52);
    expect(meanAt(90)).toBeGreaterThan(70);
    expect(meanAt(130)).toBeGreaterThan(1500);
  });

  it("has spikes of latency and phases of failure when told", () => {
    const rig = createRig({
      spiky: { base_latency: 100, deviation: 0, spikes: { every: "10s", factor: 3, lasts: "5s" } },
      flaky: { base_latency: 100, failures: { every: "10s", error_rate: 1, lasts: "5s" } },
    });
    rig.run(120_000);
    const slow = rig.seen("spiky").requests.filter(({ latencyMs }) => latencyMs >= 300);
    const bad = rig.seen("flaky").requests.filter(({ ok }) => !ok);
    for (const share of [slow.length / rig.seen("spiky").requests.length, bad.length / 2400]) {
      expect(share).toBeGreaterThan(0.1);
      expect(share).toBeLessThan(0.6);
    }
  });
});

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
  const fault = fc.constantFrom(
    "latency",
    "jitter",
    "cpu",
    "memory",
    "traffic",
    "hang",
    "outage",
    "flapping",
  );
  const strongest = { latency: 3200, jitter: 1600, cpu: 95, memory: 480, traffic: 16, flapping: 2 };
  fc.assert(
    fc.property(options, options, fault, fc.integer(), (caller, callee, kind, seed) => {
      const rig = createRig({ a: { ...caller, calls: [{ service: "b" }] }, b: callee }, { seed });
      rig.inject("b", kind, { hang: 1, outage: 1, ...strongest }[kind]);
      rig.run(10_000);
      for (const { requests, gauges } of rig.all.values()) {
        for (const { latencyMs } of requests) {
          if (!(Number.isFinite(latencyMs) && latencyMs >= 1)) expect.fail(`latency ${latencyMs}`);
        }
        for (const { value } of gauges) {
          if (!(value >= 0 && value <= 100)) expect.fail(`gauge ${value}`);
        }
      }
      expect(rig.problems).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
