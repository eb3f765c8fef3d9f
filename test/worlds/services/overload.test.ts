import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CALM, mean, quantile, type Services, startSimulation } from "./harness.ts";

const latencies = (requests: readonly { latencyMs: number }[]) => requests.map(({ latencyMs }) => latencyMs);

describe("overload", () => {
  it.each([7.3, 20, 33.3])(
    "twice the capacity of %d/s for 30 minutes: half is refused, the others wait three seconds",
    (capacity) => {
      const sim = startSimulation({ a: { ...CALM, rate: 2 * capacity, capacity } });
      sim.run(30 * 60_000);
      const requests = sim.since("a", sim.clock.now() - 25 * 60_000);
      const served = requests.filter(({ ok }) => ok);
      // 25 minutes.
      expect(served.length / 1500 / capacity).toBeCloseTo(1, 1);
      expect(served.length / requests.length).toBeCloseTo(0.5, 1);
      expect(new Set(requests.map(({ error }) => error))).toEqual(new Set([undefined, "overloaded"]));
      for (const share of [0.05, 0.5, 0.99]) {
        const waited = quantile(latencies(served), share) - 100;
        expect(waited).toBeGreaterThan(2_600);
        expect(waited).toBeLessThan(3_400);
      }
    },
  );

  it("has the backlog and the workers of the options", () => {
    const service = { ...CALM, rate: 100, workers: 4, backlog: 20 };
    const sim = startSimulation({ a: service });
    sim.run(60_000);
    const served = sim.since("a", sim.clock.now() - 50_000).filter(({ ok }) => ok);
    // 4 workers with 100 ms each serve 40 requests per second; 20 of them are half a second.
    expect(served.length / 50).toBeCloseTo(40, 0);
    expect(quantile(latencies(served), 0.5)).toBeGreaterThan(560);
    expect(quantile(latencies(served), 1)).toBeLessThan(601);
  });

  it("without a backlog refuses what finds no free worker", () => {
    const sim = startSimulation({ a: { ...CALM, rate: 40, workers: 4, backlog: 0 } });
    sim.run(200_000);
    const { requests } = sim.seen("a");
    const lost = requests.filter(({ ok }) => !ok).length / requests.length;
    // Erlang B with 4 workers and 4 erlangs.
    expect(lost).toBeGreaterThan(0.29);
    expect(lost).toBeLessThan(0.33);
    expect(new Set(latencies(requests.filter(({ ok }) => ok)))).toEqual(new Set([100]));
  });
});

describe("after a fault", () => {
  it("healing takes as long as the backlog takes, and old requests end before new ones", () => {
    // 60 requests per second at 75 % of the CPU taken: a capacity of 25.
    const sim = startSimulation({ a: { ...CALM, rate: 60, capacity: 100 } });
    sim.run(10_000);
    sim.inject("a", "cpu", 75);
    sim.run(60_000);
    const from = sim.clock.now();
    sim.clearFaults();
    sim.run(20_000);
    const after = sim.since("a", from).filter(({ ok }) => ok);
    const slow = after.filter(({ latencyMs }) => latencyMs > 400);
    // A backlog of three seconds of the capacity, 300 requests, with 40 requests per second to spare.
    const healedMs = Math.max(...slow.map(({ at }) => at)) - from;
    expect(healedMs).toBeGreaterThan(5_000);
    expect(healedMs).toBeLessThan(9_000);
    // They have waited at most the backlog at the low capacity, 12 s, and work itself 0.4 s.
    expect(Math.max(...latencies(after))).toBeLessThan(13_000);
    expect(mean(latencies(after.filter(({ at }) => at > from + 12_000)))).toBeLessThan(115);
  });

  it("requests start in the order of their arrival, whatever happens to the capacity", () => {
    const event = fc.record({
      afterMs: fc.integer({ min: 0, max: 4_000 }),
      kind: fc.constantFrom("cpu" as const, "memory" as const, "traffic" as const, "hang" as const),
      clear: fc.boolean(),
    });
    const service = fc.record({
      rate: fc.double({ min: 1, max: 80, noNaN: true }),
      capacity: fc.double({ min: 5, max: 100, noNaN: true }),
      base_latency: fc.double({ min: 1, max: 400, noNaN: true }),
      instances: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(service, fc.array(event, { maxLength: 6 }), fc.integer(), (options, events, seed) => {
        const a = { ...options, deviation: 0, spikes: { every: "5s", factor: 3, lasts: "2s" } };
        const sim = startSimulation({ a }, { seed });
        for (const { afterMs, kind, clear } of events) {
          sim.run(afterMs);
          if (clear) sim.clearFaults();
          sim.inject("a", kind);
        }
        sim.run(3_000);
        sim.clearFaults();
        sim.run(10_000);
        // All take the same time, so they end in the order in which they started. Those that end together do
        // so in any order.
        const ended = sim
          .seen("a")
          .requests.filter(({ ok }) => ok)
          .sort((x, y) => x.at - y.at || y.latencyMs - x.latencyMs);
        let newest = Number.NEGATIVE_INFINITY;
        for (const { at, latencyMs } of ended) {
          if (at - latencyMs < newest - 0.001) expect.fail(`${at - latencyMs} ended after ${newest}`);
          newest = Math.max(newest, at - latencyMs);
        }
        expect(sim.problems).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("a caller that gives up", () => {
  const overloaded: Services = {
    a: { ...CALM, rate: 40, calls: [{ service: "b", timeout: "500ms", retries: 0 }] },
    b: { ...CALM, rate: 0, capacity: 20 },
  };

  it("leaves the queue, so the callee does no work for nobody", () => {
    const sim = startSimulation(overloaded);
    sim.run(60_000);
    const requests = sim.since("b", sim.clock.now() - 50_000);
    const abandoned = requests.filter(({ error }) => error === "abandoned by its caller");
    // Half of the calls is more than the callee can serve.
    expect(abandoned.length / requests.length).toBeCloseTo(0.5, 1);
    for (const { latencyMs } of abandoned) expect(latencyMs).toBeCloseTo(500, 3);
    // Nobody waits longer than the timeout, and only what has started is finished.
    expect(Math.max(...latencies(requests))).toBeLessThan(601);
  });

  it("gets the requests of a hung callee out of its queue", () => {
    const sim = startSimulation(overloaded);
    sim.inject("b", "hang");
    sim.run(30_000);
    const inFlight = sim.seen("b").gauges.filter(({ name }) => name === "in_flight");
    // 40 per second for half a second.
    for (const { value } of inFlight) expect(value).toBeLessThan(40);
  });
});

describe("every request", () => {
  it("is recorded exactly once, or still in flight", () => {
    const name = fc.constantFrom("a", "b", "c");
    const kind = fc.constantFrom(
      "cpu" as const,
      "outage" as const,
      "hang" as const,
      "traffic" as const,
      "latency" as const,
    );
    const event = fc.record({ afterMs: fc.integer({ min: 0, max: 5_000 }), name, kind, clear: fc.boolean() });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 6 }), fc.integer(), (events, seed) => {
        const calls = (...names: string[]) =>
          names.map((service) => ({ service, timeout: "300ms", retries: 2 }));
        const sim = startSimulation(
          {
            a: { base_latency: 20, rate: 20, calls: calls("b", "c") },
            b: { base_latency: 50, rate: 5, capacity: 50, calls: calls("c") },
            c: { base_latency: 50, rate: 5, capacity: 80 },
          },
          { seed },
        );
        // From now on arrivals are counted: some request is old.
        for (const each of ["a", "b", "c"]) sim.inject(each, "hang");
        sim.run(4_000);
        sim.clearFaults();
        for (const { afterMs, name, kind, clear } of events) {
          sim.run(afterMs);
          if (clear) sim.clearFaults();
          sim.inject(name, kind);
        }
        sim.run(2_000);
        sim.clearFaults();
        sim.run(20_000);
        for (const each of ["a", "b", "c"]) {
          const { gauges, requests, entries } = sim.seen(each);
          const open = gauges.filter(({ name }) => name === "in_flight");
          const [first, last] = [open[0]!, open.at(-1)!];
          const arrived = entries()
            .filter(([type, metric]) => type === "count" && metric === "arrivals")
            .map(([, , by]) => Number(by))
            .slice(1)
            .reduce((sum, by) => sum + by, 0);
          const ended = requests.filter(({ recordedAt }) => recordedAt > first.at && recordedAt <= last.at);
          expect(first.value + arrived).toBe(ended.length + last.value);
        }
        expect(sim.problems).toEqual([]);
      }),
      {
        numRuns: 30,
        // A callee that is killed while its caller hangs: its own calls are still open then.
        examples: [
          [
            [
              { afterMs: 50, name: "a", kind: "hang", clear: false },
              { afterMs: 200, name: "b", kind: "outage", clear: false },
            ],
            -2106369914,
          ],
        ],
      },
    );
  });
});
