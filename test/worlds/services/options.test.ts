import { describe, expect, it } from "vitest";
import { serviceLinks, simOptionsSchema } from "../../../src/worlds/services/options.ts";

describe("the options of a simulated service", () => {
  it("require only a base latency", () => {
    expect(simOptionsSchema().parse({ base_latency: "50ms" })).toEqual({
      model: "normal",
      base_latency: 50,
      deviation: 0.3,
      error_rate: 0,
      failed_checks: 0,
      rate: 20,
      interval: 200,
      endpoints: [],
      instances: 1,
      calls: [],
      publishes: [],
      cpu: 10,
      memory: 40,
      spikes: { every: 120_000, factor: 1.2, lasts: 2000 },
    });
  });

  it("read durations and fill in the defaults of calls, messages and phases", () => {
    const options = simOptionsSchema().parse({
      base_latency: "1.5s",
      calls: [{ service: "b", timeout: "2s" }],
      publishes: [{ to: "orders" }],
      spikes: { factor: 2 },
      failures: { every: "3m" },
    });
    expect(options.base_latency).toBe(1500);
    expect(options.calls).toEqual([{ service: "b", probability: 1, timeout: 2000, retries: 1 }]);
    expect(options.publishes).toEqual([{ to: "orders", probability: 1, on_failure: "fail" }]);
    expect(options.spikes).toEqual({ every: 120_000, factor: 2, lasts: 2000 });
    expect(options.failures).toEqual({ every: 180_000, error_rate: 0.07, lasts: 25_000 });
  });

  it.each([
    [{}, "base_latency"],
    [{ base_latency: 0 }, "base_latency"],
    [{ base_latency: 50, model: "weird" }, "model"],
    [{ base_latency: 50, error_rate: 2 }, "error_rate"],
    [{ base_latency: 50, memory: 81 }, "memory"],
    [{ base_latency: 50, capacity: 0 }, "capacity"],
    [{ base_latency: 50, interval: 1 }, "interval"],
    [{ base_latency: 50, calls: [{ service: "b", retries: 6 }] }, "calls"],
    [{ base_latency: 50, publishes: [{ to: "b", on_failure: "explode" }] }, "publishes"],
  ])("refuse %o and name the key", (input, key) => {
    const result = simOptionsSchema().safeParse(input);
    expect(result.error?.issues.map(({ path }) => path[0])).toEqual([key]);
  });

  it("refuse a key that does not exist", () => {
    expect(simOptionsSchema().safeParse({ base_latency: 50, latency: 1 }).success).toBe(false);
  });

  it("describe every key", () => {
    for (const [key, schema] of Object.entries(simOptionsSchema().shape)) {
      expect({ key, description: schema.description }).toEqual({ key, description: expect.any(String) });
    }
  });
});

it("calls and messages are the links of a service", () => {
  const options = simOptionsSchema().parse({
    base_latency: 1,
    calls: [{ service: "b" }, { service: "c" }],
    publishes: [{ to: "orders" }],
  });
  expect(serviceLinks(options)).toEqual([
    { type: "calls", to: "b" },
    { type: "calls", to: "c" },
    { type: "publishes", to: "orders" },
  ]);
});
