import { describe, expect, it } from "vitest";
import { defaultCapacity, usualRates } from "../../../src/worlds/services/demand.ts";
import { declare, type Services } from "./harness.ts";

function rates(services: Services): Record<string, number> {
  return Object.fromEntries(
    usualRates(Object.entries(services).map(([name, input]) => declare(name, input))),
  );
}

describe("usual rates", () => {
  it("propagate along calls, in any order of the services", () => {
    const fleet: Services = {
      end: { base_latency: 1, rate: 0 },
      middle: { base_latency: 1, rate: 10, calls: [{ service: "end", probability: 0.5 }] },
      start: { base_latency: 1, rate: 40, calls: [{ service: "middle" }, { service: "end" }] },
    };
    expect(rates(fleet)).toEqual({ start: 40, middle: 50, end: 65 });
  });

  it("ignore calls to services that are not simulated", () => {
    expect(rates({ a: { base_latency: 1, rate: 5, calls: [{ service: "elsewhere" }] } })).toEqual({ a: 5 });
  });

  it("converge for call cycles", () => {
    const { a, b } = rates({
      a: { base_latency: 1, rate: 10, calls: [{ service: "b", probability: 0.5 }] },
      b: { base_latency: 1, rate: 0, calls: [{ service: "a" }] },
    });
    expect(a).toBeCloseTo(20, 3);
    expect(b).toBeCloseTo(10, 3);
  });
});

it("give a default capacity of three times the rate, with a minimum", () => {
  expect([0, 5, 100].map(defaultCapacity)).toEqual([20, 20, 300]);
});
