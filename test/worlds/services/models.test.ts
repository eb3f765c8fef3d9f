import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { latencyModels } from "../../../src/worlds/services/models/index.ts";
import type { LatencyModel } from "../../../src/worlds/services/models/types.ts";
import { mean, quantile } from "./harness.ts";

const models: [string, LatencyModel][] = Object.entries(latencyModels);

function sample(model: LatencyModel, base: number, deviation: number, seed = 1): number[] {
  const random = createRandom(seed, "model");
  return Array.from({ length: 20_000 }, () => model.draw(random, base, deviation));
}

describe.each(models)("latency model %s", (name, model) => {
  it("is registered under its own name and described", () => {
    expect(model.kind).toBe(name);
    expect(model.description).toContain("base_latency");
  });

  it("has the base as its median", () => {
    expect(quantile(sample(model, 200, 0.3), 0.5)).toBeCloseTo(200, -1);
  });

  it("spreads with the deviation and not at all without", () => {
    const spread = (deviation: number) => {
      const values = sample(model, 200, deviation);
      return quantile(values, 0.9) - quantile(values, 0.1);
    };
    expect(spread(0)).toBe(0);
    expect(spread(0.1)).toBeGreaterThan(10);
    expect(spread(0.3)).toBeGreaterThan(2 * spread(0.1));
  });

  it("is reproducible from the seed", () => {
    expect(sample(model, 50, 0.3, 7)).toEqual(sample(model, 50, 0.3, 7));
    expect(sample(model, 50, 0.3, 7)).not.toEqual(sample(model, 50, 0.3, 8));
  });

  it("is finite and at least 1 ms, whatever the options", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 86_400_000, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.integer(),
        (base, deviation, seed) => {
          const random = createRandom(seed, "property");
          for (let draw = 0; draw < 50; draw += 1) {
            const latency = model.draw(random, base, deviation);
            expect(Number.isFinite(latency)).toBe(true);
            expect(latency).toBeGreaterThanOrEqual(1);
          }
        },
      ),
    );
  });
});

describe("the shapes", () => {
  it("normal: deviation is the standard deviation as a share of the base", () => {
    const values = sample(latencyModels.normal, 200, 0.3);
    const centre = mean(values);
    expect(centre).toBeCloseTo(200, -1);
    expect(Math.sqrt(mean(values.map((value) => (value - centre) ** 2)))).toBeCloseTo(60, -1);
  });

  it("longtail: the tail is far longer than the normal one", () => {
    // p99 of a lognormal is exp(2.326 s): 4.0 times the median at 0.6; of a normal 1 + 2.326 s: 2.4 times.
    expect(quantile(sample(latencyModels.longtail, 100, 0.6), 0.99)).toBeGreaterThan(370);
    expect(quantile(sample(latencyModels.normal, 100, 0.6), 0.99)).toBeLessThan(260);
  });
});
