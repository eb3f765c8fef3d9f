import { describe, expect, it } from "vitest";
import type { serviceFaults } from "../../../src/worlds/services/faults/index.ts";
import { CALM, failedShare, mean, quantile, startSimulation } from "./harness.ts";

/**
 * One stable service for ten seconds, then a fault for as long; returns the observations from half a second
 * on.
 */
function broken(kind: keyof typeof serviceFaults, level?: number, seconds = 10) {
  const sim = startSimulation({ a: CALM });
  sim.run(10_000);
  sim.inject("a", kind, level);
  sim.run(1_000);
  const from = sim.clock.now();
  sim.run(seconds * 1000);
  const after = <T extends { at: number }>(list: readonly T[]) => list.filter(({ at }) => at > from);
  const { requests, checks, heartbeats, gauges } = sim.seen("a");
  const gauge = (name: string) => after(gauges.filter((one) => one.name === name)).map(({ value }) => value);
  return {
    sim,
    from,
    requests: after(requests),
    latencies: after(requests).map(({ latencyMs }) => latencyMs),
    checks: after(checks),
    heartbeats: heartbeats.filter((at) => at > from),
    cpu: gauge("cpu"),
    memory: gauge("memory"),
  };
}

describe("each fault shows in the observations", () => {
  it("latency: every request takes longer by the parameter", () => {
    const { latencies } = broken("latency", 800);
    expect(quantile(latencies, 0.01)).toBeGreaterThanOrEqual(900);
    expect(quantile(latencies, 1)).toBeLessThan(1000);
  });

  it("jitter: requests take longer by up to the parameter", () => {
    const { latencies } = broken("jitter", 400);
    expect(quantile(latencies, 0.05)).toBeLessThan(140);
    expect(quantile(latencies, 0.95)).toBeGreaterThan(450);
    expect(quantile(latencies, 1)).toBeLessThan(520);
  });

  it("errors: this share fails, while checks pass", () => {
    const { requests, checks } = broken("errors", 30);
    expect(failedShare(requests)).toBeGreaterThan(0.24);
    expect(failedShare(requests)).toBeLessThan(0.36);
    expect(checks.every(({ pass }) => pass)).toBe(true);
  });

  it("outage: all requests are refused and the heartbeat stops", () => {
    const { requests, checks, heartbeats, cpu, memory } = broken("outage");
    expect(requests.length).toBeGreaterThan(400);
    for (const request of requests) {
      expect(request).toMatchObject({ ok: false, latencyMs: 1, error: "connection refused" });
    }
    expect(checks).toHaveLength(50);
    for (const check of checks) expect(check).toMatchObject({ pass: false, reason: "connection refused" });
    expect(heartbeats).toEqual([]);
    expect(quantile([...cpu, ...memory], 1)).toBe(0);
  });

  it("outage: requests in flight are reset", () => {
    const sim = startSimulation({ a: { ...CALM, base_latency: 5000 } });
    sim.run(4_000);
    sim.inject("a", "outage");
    sim.run(300);
    const reset = sim.seen("a").requests.filter(({ error }) => error === "connection reset");
    expect(reset.length).toBeGreaterThan(150);
    expect(reset.every(({ latencyMs }) => latencyMs < 4300)).toBe(true);
  });

  it("hang: no request gets a response and the process reports nothing; its checks time out", () => {
    const { requests, checks, heartbeats, cpu, memory } = broken("hang", undefined, 7);
    expect([requests, heartbeats, cpu, memory]).toEqual([[], [], [], []]);
    expect(checks.length).toBeGreaterThan(30);
    for (const check of checks) expect(check).toMatchObject({ pass: false, reason: "no response" });
  });

  it("hang: the requests without a response are counted, and the oldest grows old", () => {
    const sim = startSimulation({ a: CALM });
    sim.run(10_000);
    expect(sim.seen("a").gauges.some(({ name }) => name === "oldest_request")).toBe(false);
    sim.inject("a", "hang");
    sim.run(6_000);
    const newest = (name: string) => sim.seen("a").gauges.findLast((one) => one.name === name)!.value;
    expect(newest("oldest_request")).toBeGreaterThan(5_500);
    expect(newest("oldest_request")).toBeLessThan(6_200);
    expect(newest("in_flight")).toBeGreaterThan(240);
    expect(newest("in_flight")).toBeLessThan(360);
    expect(sim.seen("a").counters.get("arrivals")! / 50).toBeGreaterThan(4);
    sim.clearFaults();
    sim.run(10_000);
    expect(newest("oldest_request")).toBeLessThan(200);
    expect(newest("in_flight")).toBeLessThan(20);
  });

  it("hang: accepts what the backlog holds, refuses the rest, and serves the oldest first afterwards", () => {
    const sim = startSimulation({ a: { ...CALM, backlog: 100 } });
    sim.run(10_000);
    sim.inject("a", "hang");
    sim.run(6_000);
    const during = sim.since("a", sim.clock.now() - 3_000);
    expect(during.length).toBeGreaterThan(100);
    expect(new Set(during.map(({ error }) => error))).toEqual(new Set(["overloaded"]));
    const from = sim.clock.now();
    sim.clearFaults();
    sim.run(10_000);
    const served = sim.since("a", from).filter(({ ok }) => ok);
    // Requests that start together end together.
    const byEnd = [...served].sort((a, b) => a.at - b.at || b.latencyMs - a.latencyMs);
    const arrivals = byEnd.map(({ at, latencyMs }) => at - latencyMs);
    expect(served[0]!.latencyMs).toBeGreaterThan(5_000);
    expect([...arrivals].sort((a, b) => a - b)).toEqual(arrivals);
  });

  it("hang: requests in progress continue where they stood", () => {
    const sim = startSimulation({ a: { ...CALM, base_latency: 5000 } });
    sim.run(4_000);
    sim.inject("a", "hang");
    sim.run(3_000);
    expect(sim.seen("a").requests).toEqual([]);
    sim.clearFaults();
    sim.run(1_500);
    const { requests } = sim.seen("a");
    expect(requests.length).toBeGreaterThan(10);
    // Five seconds of work, and the three seconds of the hang.
    for (const { latencyMs } of requests) expect(latencyMs).toBeCloseTo(8_000, 5);
  });

  it("cpu: the CPU is busy and requests are slow", () => {
    const { cpu, latencies } = broken("cpu", 60);
    expect(mean(cpu)).toBeGreaterThan(90);
    expect(quantile(latencies, 0.05)).toBeGreaterThanOrEqual(250);
  });

  it("cpu: with too little CPU requests queue up and are refused", () => {
    const { requests } = broken("cpu", 90, 20);
    const overloaded = requests.filter(({ error }) => error === "overloaded");
    expect(overloaded.length).toBeGreaterThan(100);
    expect(
      quantile(
        requests.map(({ latencyMs }) => latencyMs),
        1,
      ),
    ).toBeGreaterThan(3000);
  });

  it("memory: memory fills, requests slow down, the process is killed and restarts at the base", () => {
    const { sim, memory, checks, heartbeats } = broken("memory", 120, 40);
    expect(memory[0]).toBeLessThan(45);
    expect(memory).toContain(100);
    const killed = checks.filter(({ pass }) => !pass);
    expect(killed).toHaveLength(15);
    expect(sim.seen("a").counters.get("restarts")).toBe(1);
    expect(killed[0]?.reason).toBe("out of memory, restarting");
    expect(heartbeats).toHaveLength(200 - 15);
    const beforeKill = sim.since("a", killed[0]!.at - 800).filter(({ at }) => at < killed[0]!.at);
    expect(mean(beforeKill.map(({ latencyMs }) => latencyMs))).toBeGreaterThan(300);
    const back = memory.slice(memory.indexOf(100) + 15);
    expect(back[0]).toBeLessThan(45);
    expect(back.at(-1)).toBeGreaterThan(back[0]! + 8);
  });

  it("traffic: more requests arrive", () => {
    const { requests } = broken("traffic", 2);
    expect(requests.length / 10).toBeGreaterThan(90);
    expect(requests.length / 10).toBeLessThan(110);
  });

  it("traffic: a service with requests from callers only gets more too", () => {
    const sim = startSimulation({ a: { ...CALM, calls: [{ service: "b" }] }, b: { ...CALM, rate: 0 } });
    sim.inject("b", "traffic", 2);
    sim.run(20_000);
    expect(sim.seen("b").requests.length / 20).toBeGreaterThan(90);
  });

  it("flapping: it is up and down for half periods", () => {
    const { checks } = broken("flapping", 10, 19);
    const passes = checks.map(({ pass }) => pass);
    const turns = passes.slice(1).filter((pass, index) => pass !== passes[index]).length;
    expect(turns).toBe(3);
    expect(passes.filter((pass) => !pass)).toHaveLength(50);
  });

  it("dependency-cut: calls fail immediately, the callee gets no request", () => {
    const sim = startSimulation({ a: { ...CALM, calls: [{ service: "b" }] }, b: { ...CALM, rate: 0 } });
    sim.inject("a", "dependency-cut");
    sim.run(10_000);
    expect(sim.seen("b").requests).toEqual([]);
    for (const request of sim.seen("a").requests) {
      expect(request).toMatchObject({ ok: false, error: "b: unreachable" });
      expect(request.latencyMs).toBeLessThan(105);
    }
  });
});

it("returns to normal after the fault", () => {
  const sim = startSimulation({ a: CALM });
  sim.inject("a", "cpu", 95);
  sim.inject("a", "memory", 240);
  sim.inject("a", "errors", 50);
  sim.run(30_000);
  sim.clearFaults();
  sim.run(15_000);
  const from = sim.clock.now();
  sim.run(10_000);
  const after = sim.since("a", from);
  expect(failedShare(after)).toBe(0);
  expect(
    quantile(
      after.map(({ latencyMs }) => latencyMs),
      1,
    ),
  ).toBeLessThan(110);
  expect(sim.seen("a").gauges.at(-1)).toMatchObject({ name: "memory", value: expect.closeTo(40, -1) });
});
