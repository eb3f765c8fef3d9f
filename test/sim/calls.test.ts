import { describe, expect, it } from "vitest";
import { VIRTUAL_EPOCH_MS } from "../../src/core/virtual-clock.ts";
import { CALM, createRig, type Fleet, failedShare, mean } from "./rig.ts";

/** `a` calls `b` with a timeout of 500 ms; nothing else arrives at `b`. */
function pair(call: object = {}): Fleet {
  const calls = [{ service: "b", timeout: "500ms", retries: 1, ...call }];
  return { a: { ...CALM, calls }, b: { ...CALM, rate: 0, capacity: 10_000 } };
}

/** What ended from the third second on: all of it began after the faults were taken in. */
function settled(rig: ReturnType<typeof createRig>, service: string) {
  const requests = rig.since(service, VIRTUAL_EPOCH_MS + 2_000);
  expect(requests.length).toBeGreaterThan(100);
  return requests;
}

function latencies(rig: ReturnType<typeof createRig>, service: string): number[] {
  return rig.seen(service).requests.map(({ latencyMs }) => latencyMs);
}

describe("calls", () => {
  it("are traffic for the callee and time for the caller", () => {
    const rig = createRig(pair());
    rig.run(20_000);
    expect(rig.seen("b").requests.length / rig.seen("a").requests.length).toBeCloseTo(1, 1);
    expect(mean(latencies(rig, "a"))).toBeCloseTo(200, -1);
    expect(mean(latencies(rig, "b"))).toBeCloseTo(100, -1);
  });

  it("are made with their probability", () => {
    const rig = createRig(pair({ probability: 0.3 }));
    rig.run(60_000);
    const share = rig.seen("b").requests.length / rig.seen("a").requests.length;
    expect(share).toBeGreaterThan(0.26);
    expect(share).toBeLessThan(0.34);
  });

  it("go out together: the slowest decides", () => {
    const calls = [{ service: "b" }, { service: "c" }];
    const rig = createRig({
      a: { ...CALM, calls },
      b: { ...CALM, rate: 0 },
      c: { ...CALM, base_latency: 300, rate: 0 },
    });
    rig.run(10_000);
    expect(mean(latencies(rig, "a"))).toBeCloseTo(400, -1);
  });

  it("time out, are retried, cost the caller each timeout and load the callee twice", () => {
    const rig = createRig(pair());
    rig.inject("b", "latency", 800);
    rig.run(60_000);
    for (const request of settled(rig, "a")) {
      expect(request).toMatchObject({ ok: false, error: "b: timeout after 500 ms" });
      expect(request.latencyMs).toBeGreaterThanOrEqual(1100);
      expect(request.latencyMs).toBeLessThan(1110);
    }
    const load = rig.seen("b").requests.length / rig.seen("a").requests.length;
    expect(load).toBeGreaterThan(1.95);
    const { counters } = rig.seen("a");
    expect(counters.get("retries")! / rig.seen("a").requests.length).toBeCloseTo(1, 1);
    expect(counters.get("timeouts")! / counters.get("retries")!).toBeCloseTo(2, 1);
    expect(rig.seen("b").counters.size).toBe(0);
    // The callee itself did answer, only too late.
    expect(failedShare(rig.seen("b").requests)).toBe(0);
  });

  it("run into their timeout when the callee hangs", () => {
    const rig = createRig(pair({ timeout: "1s", retries: 2 }));
    rig.inject("b", "hang", 1);
    rig.run(20_000);
    for (const request of settled(rig, "a")) {
      expect(request).toMatchObject({ ok: false, error: "b: timeout after 1,000 ms" });
      expect(request.latencyMs).toBeGreaterThanOrEqual(3100);
    }
  });

  it("fail at once when the callee is down", () => {
    const rig = createRig(pair());
    rig.inject("b", "outage", 1);
    rig.run(10_000);
    for (const request of settled(rig, "a")) {
      expect(request).toMatchObject({ ok: false, error: "b: connection refused" });
      expect(request.latencyMs).toBeLessThan(110);
    }
  });

  it("succeed on a retry more often than at first", () => {
    const shareWith = (retries: number) => {
      const rig = createRig(pair({ retries }));
      rig.inject("b", "errors", 50);
      rig.run(60_000);
      return failedShare(rig.seen("a").requests);
    };
    expect(shareWith(0)).toBeCloseTo(0.5, 1);
    expect(shareWith(2)).toBeCloseTo(0.125, 1);
  });

  it("name the root of a failure along the chain", () => {
    const rig = createRig({
      a: { ...CALM, calls: [{ service: "b" }] },
      b: { ...CALM, rate: 0, calls: [{ service: "c" }] },
      c: { ...CALM, rate: 0 },
    });
    rig.inject("c", "outage", 1);
    rig.run(5_000);
    for (const { error } of settled(rig, "a")) expect(error).toBe("b: c: connection refused");
  });

  it("in a circle fail instead of going on for ever", () => {
    const rig = createRig({
      a: { ...CALM, calls: [{ service: "b" }] },
      b: { ...CALM, rate: 0, calls: [{ service: "a" }] },
    });
    rig.run(5_000);
    expect(rig.seen("a").requests[0]).toMatchObject({ ok: false, error: "b: a: calls run in a circle" });
    expect(rig.problems).toEqual([]);
  });

  it("in too long a chain fail", () => {
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
    const rig = createRig(chain);
    rig.run(5_000);
    expect(rig.seen("s0").requests[0]?.error).toMatch(/: too long a chain of calls$/);
    expect(rig.seen("s50").requests).toEqual([]);
  });

  it("to services outside the simulation cost nothing", () => {
    const rig = createRig({ a: { ...CALM, calls: [{ service: "elsewhere" }] } });
    rig.run(5_000);
    expect(failedShare(rig.seen("a").requests)).toBe(0);
  });
});
