import { describe, expect, it } from "vitest";
import { VIRTUAL_EPOCH_MS } from "../../../src/core/virtual-clock.ts";
import { CALM, failedShare, mean, type Services, type Started, startSimulation } from "./harness.ts";

/** `a` calls `b` with a timeout of 500 ms; `b` gets no other requests. */
function pair(call: object = {}): Services {
  const calls = [{ service: "b", timeout: "500ms", retries: 1, ...call }];
  return { a: { ...CALM, calls }, b: { ...CALM, rate: 0, capacity: 10_000 } };
}

/** Requests that ended from the third second on, which all started after the faults were applied. */
function settled(sim: Started, service: string) {
  const requests = sim.since(service, VIRTUAL_EPOCH_MS + 2_000);
  expect(requests.length).toBeGreaterThan(100);
  return requests;
}

function latencies(sim: Started, service: string): number[] {
  return sim.seen(service).requests.map(({ latencyMs }) => latencyMs);
}

describe("calls", () => {
  it("add traffic to the callee and latency to the caller", () => {
    const sim = startSimulation(pair());
    sim.run(20_000);
    expect(sim.seen("b").requests.length / sim.seen("a").requests.length).toBeCloseTo(1, 1);
    expect(mean(latencies(sim, "a"))).toBeCloseTo(200, -1);
    expect(mean(latencies(sim, "b"))).toBeCloseTo(100, -1);
  });

  it("are made with their probability", () => {
    const sim = startSimulation(pair({ probability: 0.3 }));
    sim.run(60_000);
    const share = sim.seen("b").requests.length / sim.seen("a").requests.length;
    expect(share).toBeGreaterThan(0.26);
    expect(share).toBeLessThan(0.34);
  });

  it("run in parallel: the slowest determines the latency", () => {
    const calls = [{ service: "b" }, { service: "c" }];
    const sim = startSimulation({
      a: { ...CALM, calls },
      b: { ...CALM, rate: 0 },
      c: { ...CALM, base_latency: 300, rate: 0 },
    });
    sim.run(10_000);
    expect(mean(latencies(sim, "a"))).toBeCloseTo(400, -1);
  });

  it("time out, are retried, cost the caller each timeout and load the callee twice", () => {
    const sim = startSimulation(pair());
    sim.inject("b", "latency", 800);
    sim.run(60_000);
    for (const request of settled(sim, "a")) {
      expect(request).toMatchObject({ ok: false, error: "b: timeout after 500 ms" });
      expect(request.latencyMs).toBeGreaterThanOrEqual(1100);
      expect(request.latencyMs).toBeLessThan(1110);
    }
    const load = sim.seen("b").requests.length / sim.seen("a").requests.length;
    expect(load).toBeGreaterThan(1.95);
    const { counters } = sim.seen("a");
    expect(counters.get("retries")! / sim.seen("a").requests.length).toBeCloseTo(1, 1);
    expect(counters.get("timeouts")! / counters.get("retries")!).toBeCloseTo(2, 1);
    expect(sim.seen("b").counters.has("timeouts")).toBe(false);
    // The callee did respond, but too late.
    expect(failedShare(sim.seen("b").requests)).toBe(0);
  });

  it("are bounded for each arriving request, however the retries of a chain multiply", () => {
    // With five retries at each of twenty callers, an outage at the end would cause 6^20 requests.
    const names = Array.from({ length: 21 }, (_, index) => `s${index}`);
    const fleet = names.map((name, index) => {
      const calls = index === 20 ? [] : [{ service: names[index + 1]!, retries: 5, timeout: "1h" }];
      return [name, { ...CALM, base_latency: 1, rate: index === 0 ? 0.1 : 0, capacity: 1e6, calls }] as const;
    });
    const sim = startSimulation(Object.fromEntries(fleet));
    sim.inject("s20", "outage");
    sim.run(200_000);
    const arrived = sim.seen("s0").requests.length;
    expect(arrived).toBeGreaterThan(2);
    const caused = names.reduce((sum, name) => sum + sim.seen(name).requests.length, 0);
    expect(caused / arrived).toBeLessThanOrEqual(11_000);
    expect(caused / arrived).toBeGreaterThan(5_000);
  });

  it("time out if the callee hangs", () => {
    const sim = startSimulation(pair({ timeout: "1s", retries: 2 }));
    sim.inject("b", "hang");
    sim.run(20_000);
    for (const request of settled(sim, "a")) {
      expect(request).toMatchObject({ ok: false, error: "b: timeout after 1,000 ms" });
      expect(request.latencyMs).toBeGreaterThanOrEqual(3100);
    }
  });

  it("fail immediately if the callee is down", () => {
    const sim = startSimulation(pair());
    sim.inject("b", "outage");
    sim.run(10_000);
    for (const request of settled(sim, "a")) {
      expect(request).toMatchObject({ ok: false, error: "b: connection refused" });
      expect(request.latencyMs).toBeLessThan(110);
    }
  });

  it("succeed on a retry more often than at first", () => {
    const shareWith = (retries: number) => {
      const sim = startSimulation(pair({ retries }));
      sim.inject("b", "errors", 50);
      sim.run(60_000);
      return failedShare(sim.seen("a").requests);
    };
    expect(shareWith(0)).toBeCloseTo(0.5, 1);
    expect(shareWith(2)).toBeCloseTo(0.125, 1);
  });

  it("report the root cause of a failure along the chain", () => {
    const sim = startSimulation({
      a: { ...CALM, calls: [{ service: "b" }] },
      b: { ...CALM, rate: 0, calls: [{ service: "c" }] },
      c: { ...CALM, rate: 0 },
    });
    sim.inject("c", "outage");
    sim.run(5_000);
    for (const { error } of settled(sim, "a")) expect(error).toBe("b: c: connection refused");
  });

  it("in a cycle fail instead of running forever", () => {
    const sim = startSimulation({
      a: { ...CALM, calls: [{ service: "b" }] },
      b: { ...CALM, rate: 0, calls: [{ service: "a" }] },
    });
    sim.run(5_000);
    expect(sim.seen("a").requests[0]).toMatchObject({ ok: false, error: "b: a: call cycle" });
    expect(sim.problems).toEqual([]);
  });

  it("in a too long chain fail", () => {
    const names = Array.from({ length: 60 }, (_, index) => `s${index}`);
    const chain = Object.fromEntries(
      names.map((name, index) => [
        name,
        {
          ...CALM,
          base_latency: 1,
          rate: index === 0 ? 10 : 0,
          calls: [{ service: `s${index + 1}`, retries: 0 }],
        },
      ]),
    );
    const sim = startSimulation(chain);
    sim.run(5_000);
    expect(sim.seen("s0").requests[0]?.error).toMatch(/: call chain too long$/);
    expect(sim.seen("s50").requests).toEqual([]);
  });

  it("to services outside the simulation cost nothing", () => {
    const sim = startSimulation({ a: { ...CALM, calls: [{ service: "elsewhere" }] } });
    sim.run(5_000);
    expect(failedShare(sim.seen("a").requests)).toBe(0);
  });
});
