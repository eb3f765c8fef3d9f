import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endpointsSchema, weightedMean } from "../../../src/worlds/services/endpoints.ts";
import { CALM, failedShare, mean, type Services, type Started, startSimulation } from "./harness.ts";

/** Without endpoints and instances. */
const PLAIN: Services = { shop: { ...CALM, error_rate: 0.1 }, mail: CALM };

const unlabelled = (sim: Started, service: string) =>
  sim.seen(service).requests.map(({ labels, ...request }) => request);

const at = (sim: Started, endpoint: string) =>
  sim.seen("shop").requests.filter(({ labels }) => labels?.endpoint === endpoint);

describe("requests of endpoints and instances", () => {
  it("carry no labels without endpoints and instances", () => {
    const sim = startSimulation({ a: CALM });
    sim.run(5_000);
    expect(sim.seen("a").labelSets).toEqual([]);
    expect(sim.streams).toEqual(["a"]);
    expect(new Set(sim.seen("a").requests.map(({ labels }) => labels))).toEqual(new Set([undefined]));
  });

  it("are the same requests as without labels, at the same instants", () => {
    const plain = startSimulation(PLAIN);
    const apart = startSimulation({
      ...PLAIN,
      shop: { ...PLAIN.shop!, endpoints: [{ name: "/cart", share: 3 }, { name: "/pay" }], instances: 7 },
    });
    for (const sim of [plain, apart]) sim.run(20_000);
    expect(unlabelled(apart, "shop")).toEqual(unlabelled(plain, "shop"));
    expect(unlabelled(apart, "mail")).toEqual(unlabelled(plain, "mail"));
    expect(apart.streams).toContain("shop/endpoints");
    expect(apart.seen("shop").requests.every(({ labels }) => labels !== undefined)).toBe(true);
  });

  it("resolve each label set once, at the start of the simulation", () => {
    const sim = startSimulation({
      a: { ...CALM, endpoints: [{ name: "/x" }, { name: "/y" }], instances: 2 },
      b: { ...CALM, endpoints: [{ name: "/x" }] },
      c: { ...CALM, instances: 2 },
    });
    const asked = () => ["a", "b", "c"].map((name) => [...sim.seen(name).labelSets]);
    const atStart = asked();
    expect(atStart).toEqual([
      [
        { endpoint: "/x", instance: "a-1" },
        { endpoint: "/x", instance: "a-2" },
        { endpoint: "/y", instance: "a-1" },
        { endpoint: "/y", instance: "a-2" },
      ],
      [{ endpoint: "/x" }],
      [{ instance: "c-1" }, { instance: "c-2" }],
    ]);
    sim.run(10_000);
    expect(asked()).toEqual(atStart);
  });

  it("go to endpoints by their shares, and to instances evenly", () => {
    const endpoints = [
      { name: "/a", share: 1 },
      { name: "/b", share: 2 },
      { name: "/c", share: 7 },
    ];
    const sim = startSimulation({ shop: { ...CALM, rate: 200, endpoints, instances: 4 } });
    sim.run(100_000);
    const { requests } = sim.seen("shop");
    for (const { name, share } of endpoints) {
      const found = at(sim, name).length / requests.length;
      expect(Math.abs(found - share / 10)).toBeLessThan(0.015);
      for (let instance = 1; instance <= 4; instance += 1) {
        const there = at(sim, name).filter(({ labels }) => labels?.instance === `shop-${instance}`);
        expect(there.length / at(sim, name).length).toBeGreaterThan(0.2);
        expect(there.length / at(sim, name).length).toBeLessThan(0.3);
      }
    }
  });

  it("have the service time and the error rate of their endpoint", () => {
    const endpoints = [
      { name: "/quick", share: 3, latency: 0.5 },
      { name: "/usual", share: 6 },
      { name: "/slow", share: 1, latency: 4, error_rate: 0.5 },
    ];
    const shop = { ...CALM, deviation: 0.1, rate: 100, error_rate: 0.2, endpoints };
    const sim = startSimulation({ shop });
    sim.run(100_000);
    const meanOf = (name: string) => mean(at(sim, name).map(({ latencyMs }) => latencyMs));
    // The base latency is 100 ms. Far below the capacity there is no wait.
    expect(meanOf("/quick") / 50).toBeCloseTo(1, 1);
    expect(meanOf("/usual") / 100).toBeCloseTo(1, 1);
    expect(meanOf("/slow") / 400).toBeCloseTo(1, 1);
    expect(failedShare(at(sim, "/usual"))).toBeCloseTo(0.2, 1);
    expect(failedShare(at(sim, "/slow"))).toBeCloseTo(1 - 0.8 * 0.5, 1);
  });

  it("make callers wait for the called endpoint", () => {
    const endpoints = [{ name: "/quick" }, { name: "/slow", latency: 6 }];
    const sim = startSimulation({
      front: { ...CALM, base_latency: 10, calls: [{ service: "shop" }] },
      shop: { ...CALM, rate: 0, endpoints },
    });
    sim.run(20_000);
    const latencies = sim.seen("front").requests.map(({ latencyMs }) => Math.round(latencyMs / 100));
    expect(new Set(latencies)).toEqual(new Set([1, 6]));
  });

  it("keep their labels when they are refused or reset, and a fault affects all of them", () => {
    const sim = startSimulation({ shop: { ...CALM, endpoints: [{ name: "/a" }, { name: "/b" }] } });
    sim.run(5_000);
    const from = sim.clock.now();
    sim.inject("shop", "outage");
    sim.run(5_000);
    for (const name of ["/a", "/b"]) {
      // Requests that had ended by then are recorded at the same step.
      const failures = at(sim, name).filter((request) => request.at > from && !request.ok);
      expect(failures.length).toBeGreaterThan(50);
      expect(new Set(failures.map(({ error }) => error))).toEqual(
        new Set(["connection reset", "connection refused"]),
      );
    }
  });

  it("count in the load with their own service time", () => {
    const meanWait = (latency: number) => {
      const endpoints = [
        { name: "/a", latency },
        { name: "/b", latency },
      ];
      const sim = startSimulation({ shop: { ...CALM, rate: 45, capacity: 50, endpoints } });
      sim.run(60_000);
      return mean(sim.seen("shop").requests.map(({ latencyMs }) => latencyMs - 100 * latency));
    };
    const sim = startSimulation({ shop: { ...CALM, base_latency: 400, rate: 45, capacity: 50 } });
    sim.run(60_000);
    const asSlow = mean(sim.seen("shop").requests.map(({ latencyMs }) => latencyMs - 400));
    expect(meanWait(4)).toBeCloseTo(asSlow, 6);
    expect(meanWait(1)).not.toBeCloseTo(asSlow, 0);
  });
});

describe("the mean latency factor", () => {
  it("is 1 without endpoints, and weighs each by its share", () => {
    expect(weightedMean([], (factor) => factor)).toBe(1);
    const endpoints = endpointsSchema().parse([
      { name: "/a", share: 3 },
      { name: "/b", latency: 5 },
    ]);
    expect(weightedMean(endpoints, (factor) => factor)).toBe(2);
  });

  it("is between the smallest and the largest", () => {
    const endpoint = fc.record({
      share: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      latency: fc.double({ min: 0.01, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(endpoint, { minLength: 1, maxLength: 50 }), (written) => {
        const endpoints = endpointsSchema().parse(
          written.map((rest, index) => ({ name: `/${index}`, ...rest })),
        );
        const factors = endpoints.map(({ latency }) => latency);
        const factor = weightedMean(endpoints, (factor) => factor);
        expect(factor).toBeGreaterThan(Math.min(...factors) * (1 - 1e-9));
        expect(factor).toBeLessThan(Math.max(...factors) * (1 + 1e-9));
      }),
    );
  });
});
