import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/config.ts";

const config = (limits: string) =>
  parseConfig(`services:\n  - { name: a, base_latency: 10ms, rate: 1 }\nlimits:\n  service: ${limits}\n`);
const problems = (limits: string) => {
  const result = config(limits);
  return result.ok ? [] : result.problems.map(({ message }) => message);
};

describe("the value at which a level ends", () => {
  it("is part of the limits of an entity", () => {
    const result = config("{ p99: { degraded: 300ms, degraded_recovery: 200ms } }");
    if (!result.ok) throw new Error("not valid");
    expect(result.config.entities[0]!.limits.p99).toEqual({
      degraded: 300,
      critical: 1000,
      degraded_recovery: 200,
    });
  });

  it("must be on the better side of its limit, which must exist", () => {
    expect(problems("{ p99: { degraded_recovery: 600ms } }")).toEqual([
      expect.stringContaining("is 600ms and must not be above the degraded limit, which is 500ms"),
    ]);
    expect(problems("{ availability: { down_recovery: 90 } }")).toEqual([
      expect.stringContaining("is 90 and must not be below the down limit, which is 95"),
    ]);
    expect(problems("{ p95: { degraded_recovery: 100ms } }")).toEqual([
      expect.stringContaining("has no effect: there is no degraded limit; set one"),
    ]);
    expect(problems("{ p99: { degraded_recovery: 500ms } }")).toEqual([]);
  });
});
