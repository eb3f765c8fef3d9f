import { describe, expect, it } from "vitest";
import type { Health } from "../../src/core/health.ts";
import type { ServiceReading, WindowStats } from "../../src/core/reading.ts";
import { assessHealth, staleAfterMs } from "../../src/health/assess.ts";
import { thresholdsSchema } from "../../src/health/thresholds.ts";
import { aReading, NOW } from "./a-reading.ts";

const defaults = thresholdsSchema.parse({});

function assess(stats: Partial<WindowStats>, given: Partial<Omit<ServiceReading, "stats">> = {}) {
  return assessHealth(aReading(given, stats), defaults, NOW);
}

describe("the default limits are strict", () => {
  const rows: [what: string, stats: Partial<WindowStats>, health: Health, reasons: string[]][] = [
    ["all well", { requestCount: 1000, errorCount: 10, p99: 120 }, "healthy", []],
    ["exactly 5 % of errors", { requestCount: 100, errorCount: 5 }, "healthy", []],
    ["just over 5 %", { requestCount: 1000, errorCount: 51 }, "degraded", ["error rate 5.1 % over 5 %"]],
    ["exactly 10 %", { requestCount: 100, errorCount: 10 }, "degraded", ["error rate 10.0 % over 5 %"]],
    ["12 %", { requestCount: 100, errorCount: 12 }, "critical", ["error rate 12.0 % over 10 %"]],
    ["p99 exactly 500 ms", { requestCount: 100, p99: 500 }, "healthy", []],
    ["p99 501 ms", { requestCount: 100, p99: 501 }, "degraded", ["p99 501 ms over 500 ms"]],
    ["p99 exactly 1000 ms", { requestCount: 100, p99: 1000 }, "degraded", ["p99 1,000 ms over 500 ms"]],
    ["p99 1020 ms", { requestCount: 100, p99: 1020 }, "critical", ["p99 1,020 ms over 1,000 ms"]],
    ["availability exactly 95 %", { checkCount: 100, failedCheckCount: 5 }, "healthy", []],
    [
      "availability 91.2 %",
      { checkCount: 1000, failedCheckCount: 88 },
      "down",
      ["availability 91.2 % under 95 %"],
    ],
  ];
  it.each(rows)("%s", (_what, stats, health, reasons) => {
    expect(assess(stats)).toEqual({ health, reasons });
  });
});

it("gives every reason, the worst first", () => {
  const stats = { requestCount: 100, errorCount: 7, p99: 1500, checkCount: 10, failedCheckCount: 1 };
  expect(assess(stats)).toEqual({
    health: "down",
    reasons: ["availability 90.0 % under 95 %", "error rate 7.0 % over 5 %", "p99 1,500 ms over 1,000 ms"],
  });
  expect(assess({ requestCount: 100, errorCount: 7, p99: 1500 }).reasons).toEqual([
    "p99 1,500 ms over 1,000 ms",
    "error rate 7.0 % over 5 %",
  ]);
});

it("takes its limits from the thresholds", () => {
  const thresholds = thresholdsSchema.parse({
    availability_down: 99.5,
    error_rate_degraded: 0.07,
    p99_degraded: "100ms",
  });
  const reading = aReading(
    {},
    { requestCount: 100, errorCount: 8, p99: 120, checkCount: 100, failedCheckCount: 1 },
  );
  expect(assessHealth(reading, thresholds, NOW).reasons).toEqual([
    "availability 99.0 % under 99.5 %",
    "error rate 8.0 % over 7 %",
    "p99 120 ms over 100 ms",
  ]);
});

describe("thin evidence", () => {
  it("degrades by a single failed request and never more", () => {
    expect(assess({ requestCount: 1, errorCount: 1 })).toEqual({
      health: "degraded",
      reasons: ["error rate 100.0 % over 5 % (a single failure)"],
    });
  });

  it("is critical with a second failure", () => {
    expect(assess({ requestCount: 2, errorCount: 2 }).health).toBe("critical");
  });

  it("is not down by failed requests where nothing is checked", () => {
    expect(assess({ requestCount: 100, errorCount: 6 }).health).toBe("degraded");
  });
});

describe("unknown", () => {
  const silent = (silentMs: number, given: Partial<ServiceReading> = {}) =>
    assess({ requestCount: 10 }, { lastSeenAt: NOW - silentMs, ...given });

  it("is what was never seen", () => {
    expect(assess({}, { lastSeenAt: undefined })).toEqual({ health: "unknown", reasons: ["no data yet"] });
  });

  it("is what has been silent for more than 5 s", () => {
    expect(silent(5_000).health).toBe("healthy");
    expect(silent(12_000)).toEqual({ health: "unknown", reasons: ["no data for 12s"] });
  });

  it("gives a source that looks rarely three looks", () => {
    expect(staleAfterMs(defaults, 10_000)).toBe(30_000);
    expect(silent(30_000, { cadenceMs: 10_000 }).health).toBe("healthy");
    expect(silent(30_001, { cadenceMs: 10_000 }).health).toBe("unknown");
  });

  it("follows stale_after where it is given", () => {
    const thresholds = thresholdsSchema.parse({ stale_after: "1s" });
    const reading = aReading({ lastSeenAt: NOW - 1_001, cadenceMs: 10_000 });
    expect(assessHealth(reading, thresholds, NOW).health).toBe("unknown");
  });

  it("hides what was wrong before the silence", () => {
    expect(assess({ requestCount: 10, errorCount: 10 }, { lastSeenAt: NOW - 60_000 }).health).toBe("unknown");
  });

  it("is a bare heartbeat, but fresh gauges alone are enough", () => {
    const cpuAt = (at: number) => new Map([["cpu", { value: 10, at }]]);
    expect(assess({}, { gauges: cpuAt(NOW - 1_000) })).toEqual({ health: "healthy", reasons: [] });
    expect(assess({}, { gauges: cpuAt(NOW - 60_001) })).toEqual({
      health: "unknown",
      reasons: ["only heartbeats: no request, check or gauge in 1m"],
    });
    expect(assess({}, { gauges: new Map() }).health).toBe("unknown");
  });
});

it("walks a service through an outage and back", () => {
  const walk: [Partial<WindowStats>, silentMs: number, Health][] = [
    [{ requestCount: 100, checkCount: 20 }, 0, "healthy"],
    [{ requestCount: 100, errorCount: 1, checkCount: 20 }, 0, "healthy"],
    [{ requestCount: 100, errorCount: 8, checkCount: 20 }, 0, "degraded"],
    [{ requestCount: 100, errorCount: 30, checkCount: 20 }, 0, "critical"],
    [{ requestCount: 100, errorCount: 50, checkCount: 20, failedCheckCount: 2 }, 0, "down"],
    [{ requestCount: 60, errorCount: 50, checkCount: 12, failedCheckCount: 2 }, 9_000, "unknown"],
    [{ requestCount: 80, errorCount: 20, checkCount: 20, failedCheckCount: 1 }, 0, "critical"],
    [{ requestCount: 100, errorCount: 6, checkCount: 20, failedCheckCount: 1 }, 0, "degraded"],
    [{ requestCount: 100, errorCount: 2, checkCount: 20 }, 0, "healthy"],
  ];
  const seen = walk.map(([stats, silentMs]) => assess(stats, { lastSeenAt: NOW - silentMs }).health);
  expect(seen).toEqual(walk.map(([, , health]) => health));
});
