import { describe, expect, it } from "vitest";
import type { Measure } from "../../../src/core/measure.ts";
import { service } from "../../../src/kinds/service.ts";
import { glyphsFor } from "../../../src/terminal/glyphs.ts";
import { cellValue, type Judged, measureOf, measureText } from "../../../src/ui/text/values.ts";

const view = { glyphs: glyphsFor(true) };
const judged = (values: Record<string, number>, health: Judged["health"] = "healthy"): Judged => ({
  health,
  values: { requests: 5000, latencies: values.requests ?? 5000, ...values },
  limits: Object.fromEntries(
    service.measures.flatMap(({ id, limits }) => (limits ? [[id, limits] as const] : [])),
  ),
});
const cell = (id: string, values: Record<string, number>, health?: Judged["health"]) => {
  const { text, role } = cellValue(view, judged(values, health), measureOf(service, id)!);
  return `${text} ${role}`;
};

describe("a value in a cell", () => {
  it("is a dash if it is unknown or has no samples", () => {
    expect(cell("p99", { p99: Number.NaN })).toBe("– dim");
    expect(cell("p99", {})).toBe("– dim");
    expect(cell("request_rate", { request_rate: 0, requests: 0 })).toBe("– dim");
    expect(cell("request_rate", { request_rate: 0 })).toBe("0.0 text");
  });

  it("has the colour of the limit that it crosses, in the direction that is worse", () => {
    expect(cell("p99", { p99: 500 })).toBe("500 text");
    expect(cell("p99", { p99: 501 })).toBe("501 degraded");
    expect(cell("p99", { p99: 1020 })).toBe("1,020 critical");
    const checks = { checks: 1000, failed_checks: 100 };
    expect(cell("availability", { availability: 90, ...checks })).toBe("90.0 critical");
    expect(cell("availability", { availability: 90, checks: 1000, failed_checks: 0 })).toBe("90.0 text");
  });

  it("has no colour of a level without evidence for it", () => {
    expect(cell("error_rate", { error_rate: 0.2, errors: 40, requests: 200 })).toBe("20.0 critical");
    expect(cell("error_rate", { error_rate: 0.2, errors: 2, requests: 10 })).toBe("20.0 text");
  });

  it("is weak if a percentile has too few samples", () => {
    expect(cell("p99", { p99: 40, requests: 99 })).toBe("~40 dim");
    expect(cell("p99", { p99: 40, requests: 100 })).toBe("40 text");
    expect(cell("p99", { p99: 1200, requests: 20 })).toBe("~1,200 critical");
    expect(cell("p50", { p50: 40, requests: 2 })).toBe("40 text");
    expect(cell("p99.9", { "p99.9": 40, requests: 999 })).toBe("~40 dim");
  });

  it("is marked as a lower bound while waits that are not over are among its samples", () => {
    expect(cell("p99", { p99: 1_020, waits: 3 })).toBe("≥1,020 critical");
    expect(cell("p99", { p99: 40, waits: 0 })).toBe("40 text");
    expect(cell("error_rate", { error_rate: 0.01, waits: 3 })).toBe("1.0 text");
  });

  it("is the name of its state, if its states have names", () => {
    expect(cell("health_check", { health_check: 1 })).toBe("up text");
    expect(cell("health_check", { health_check: 0 })).toBe("down text");
  });

  it("differs from the top only in the last digit that is shown", () => {
    const text = (value: number, rest: Partial<Measure>) =>
      measureText(value, { worse: "down", unit: "none", top: 1, ...rest } as Measure);
    expect(text(0.3, {})).toBe("0.30");
    expect(text(0.999, {})).toBe("0.99");
    expect(text(1, {})).toBe("1.00");
    expect(text(0.99999, { unit: "ratio", decimals: 2 })).toBe("99.99");
    expect(text(99.97, { unit: "percent", decimals: 1, top: 100 })).toBe("99.9");
  });

  it("is dim while the health is unknown", () => {
    expect(cell("p99", { p99: 1200 }, "unknown")).toBe("1,200 dim");
  });

  it("is never rounded up to the maximum", () => {
    expect(cell("availability", { availability: 99.97 })).toBe("99.9 text");
    expect(cell("availability", { availability: 100 })).toBe("100.0 text");
    expect(cell("within", { within: 0.9999 })).toBe("99.9 text");
    expect(measureText(0.99999, { unit: "percent", worse: "down", top: 100 } as Measure)).toBe("1");
  });

  it("has no minus sign if it is rounded to zero", () => {
    expect(measureText(-0.04, { unit: "per_second", worse: "up" } as Measure)).toBe("0.0");
    expect(measureText(-0.4, { unit: "per_second", worse: "up" } as Measure)).toBe("-0.4");
  });
});
