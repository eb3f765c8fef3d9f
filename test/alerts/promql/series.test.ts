import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inBaseUnits, labelName, promDuration, seriesName } from "../../../src/alerts/promql/series.ts";
import { catalog } from "../../../src/catalog/index.ts";

describe("names for Prometheus", () => {
  it("are in base units", () => {
    expect(seriesName({ id: "p99.9", unit: "ms" })).toBe("faultline_p99_9_seconds");
    expect(seriesName({ id: "cpu", unit: "percent" })).toBe("faultline_cpu_ratio");
    expect(seriesName({ id: "hit_ratio", unit: "ratio" })).toBe("faultline_hit_ratio");
    expect(seriesName({ id: "depth", unit: "count" })).toBe("faultline_depth");
    expect(seriesName({ id: "p99", unit: "ms" }, 300_000)).toBe("faultline_p99_seconds:5m");
    expect(seriesName({ id: "p99", unit: "ms" }, 1_500)).toBe("faultline_p99_seconds:1_5s");
    expect(inBaseUnits({ unit: "ms" }, 300)).toBe("0.3");
    expect(inBaseUnits({ unit: "percent" }, 85)).toBe("0.85");
    expect(inBaseUnits({ unit: "ms" }, 290.4)).toBe("0.2904");
  });

  it("are valid and different for all measures of all kinds", () => {
    for (const { kind, measures } of catalog.entities.values()) {
      const names = measures.map((measure) => seriesName(measure));
      for (const name of names) expect(name).toMatch(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/);
      expect({ kind, count: new Set(names).size }).toEqual({ kind, count: measures.length });
    }
  });

  it("are valid names of labels", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        expect(labelName(name)).toMatch(/^[a-zA-Z_][a-zA-Z0-9_]*$/);
      }),
    );
    expect(labelName("team.name")).toBe("team_name");
    expect(labelName("2nd")).toBe("_2nd");
  });

  it("write durations that mean the same in Prometheus", () => {
    const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 * 86_400_000 }), (ms) => {
        const parts = [...promDuration(ms).matchAll(/(\d+)(ms|h|m|s)/g)];
        expect(parts.map(([text]) => text).join("")).toBe(promDuration(ms));
        expect(parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit!]!, 0)).toBe(ms);
      }),
    );
  });
});
