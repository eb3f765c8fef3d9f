import { describe, expect, it } from "vitest";
import { highCpu } from "../../../src/alerts/rules/high-cpu.ts";
import { highErrorRate } from "../../../src/alerts/rules/high-error-rate.ts";
import { highLatency } from "../../../src/alerts/rules/high-latency.ts";
import { serviceDown } from "../../../src/alerts/rules/service-down.ts";
import type { Breach } from "../../../src/alerts/types.ts";
import type { ServiceReading, WindowStats } from "../../../src/core/reading.ts";
import { aReading, NOW } from "../../health/a-reading.ts";

const says = (severity: Breach["severity"], message: string): Breach => ({ severity, message });

describe("HIGH_CPU", () => {
  const rule = (cpu: number, at = NOW, given: Partial<ServiceReading> = {}) =>
    highCpu.evaluate(
      aReading({ gauges: new Map([["cpu", { value: cpu, at }]]), ...given }),
      highCpu.schema.parse({}),
    );

  it.each([
    [85, undefined],
    [91.3, says("warning", "payment-service: cpu=91.3% over 85%")],
    [95, says("warning", "payment-service: cpu=95.0% over 85%")],
    [97.25, says("critical", "payment-service: cpu=97.3% over 95%")],
    [Number.NaN, undefined],
  ])("cpu %s", (cpu, breach) => {
    expect(rule(cpu)).toEqual(breach);
  });

  it("believes only a fresh gauge", () => {
    expect(rule(99, NOW - 5_000)).toBeDefined();
    expect(rule(99, NOW - 5_001)).toBeUndefined();
    expect(rule(99, NOW - 30_000, { cadenceMs: 10_000 })).toBeDefined();
    expect(highCpu.evaluate(aReading({ gauges: new Map() }), highCpu.schema.parse({}))).toBeUndefined();
  });

  it("wants 5 evaluations in a row, and `for` besides", () => {
    expect(highCpu.hold(highCpu.schema.parse({}))).toEqual({ ticks: 5, ms: 0 });
    expect(highCpu.hold(highCpu.schema.parse({ ticks: 2, for: "1m" }))).toEqual({ ticks: 2, ms: 60_000 });
  });
});

describe("HIGH_ERROR_RATE", () => {
  const rule = (stats: Partial<WindowStats>, options: Record<string, unknown> = {}) =>
    highErrorRate.evaluate(aReading({}, { p99: 840, ...stats }), highErrorRate.schema.parse(options));

  it.each([
    [5, undefined],
    [6, says("warning", "payment-service: error_rate=6.0%, p99=840ms")],
    [10, says("warning", "payment-service: error_rate=10.0%, p99=840ms")],
    [12, says("critical", "payment-service: error_rate=12.0%, p99=840ms")],
  ])("%s errors in 100 requests", (errorCount, breach) => {
    expect(rule({ requestCount: 100, errorCount })).toEqual(breach);
  });

  it("stays quiet on few requests", () => {
    expect(rule({ requestCount: 4, errorCount: 4 })).toBeUndefined();
    expect(rule({ requestCount: 5, errorCount: 5 })?.severity).toBe("critical");
    expect(rule({ requestCount: 4, errorCount: 4 }, { min_requests: 1 })?.severity).toBe("critical");
  });
});

describe("HIGH_LATENCY", () => {
  const rule = (stats: Partial<WindowStats>, options: Record<string, unknown> = {}) =>
    highLatency.evaluate(aReading({}, { requestCount: 100, ...stats }), highLatency.schema.parse(options));

  it.each([
    [500, undefined],
    [840, says("warning", "payment-service: p99=840ms over 500ms")],
    [1000, says("warning", "payment-service: p99=1,000ms over 500ms")],
    [1020, says("critical", "payment-service: p99=1,020ms over 1,000ms")],
  ])("p99 of %s ms", (p99, breach) => {
    expect(rule({ p99 })).toEqual(breach);
  });

  it("stays quiet on few requests, and takes its limits as durations", () => {
    expect(rule({ requestCount: 4, p99: 5000 })).toBeUndefined();
    expect(rule({ p99: 1500 }, { warning: "1s", critical: "2s" })?.severity).toBe("warning");
  });
});

describe("SERVICE_DOWN", () => {
  const rule = (given: Partial<ServiceReading>, options: Record<string, unknown> = {}) =>
    serviceDown.evaluate(aReading(given), serviceDown.schema.parse(options));
  const page = (message: string) => says("page", `payment-service: ${message}`);
  const never = { lastHeartbeatAt: undefined, lastCheckAt: undefined, lastPassAt: undefined };

  it.each<[what: string, given: Partial<ServiceReading>, breach: Breach | undefined]>([
    ["a heartbeat 4.9 s ago", { lastHeartbeatAt: NOW - 4_900 }, undefined],
    ["a heartbeat 5 s ago", { lastHeartbeatAt: NOW - 5_000 }, page("no heartbeat for 5s")],
    ["a pass 7 s ago", { lastPassAt: NOW - 7_000 }, page("no passing health check for 7s")],
    [
      "both missing",
      { lastHeartbeatAt: NOW - 12_000, lastPassAt: NOW - 9_000 },
      page("no heartbeat for 12s, no passing health check for 9s"),
    ],
    [
      "checks that never passed",
      { lastPassAt: undefined, watchedSince: NOW - 20_000 },
      page("no passing health check for 20s"),
    ],
    ["no checks at all, beating", { lastCheckAt: undefined, lastPassAt: undefined }, undefined],
    ["gauges only, fresh", never, undefined],
    ["gauges only, silent", { ...never, lastSeenAt: NOW - 8_000 }, page("no data for 8s")],
    ["never seen, watched 4 s", { ...never, lastSeenAt: undefined, watchedSince: NOW - 4_000 }, undefined],
    [
      "never seen, watched 6 s",
      { ...never, lastSeenAt: undefined, watchedSince: NOW - 6_000 },
      page("never seen, watched for 6s"),
    ],
    [
      "a machine that just woke up",
      { lastHeartbeatAt: NOW - 3_600_000, watchedSince: NOW - 1_000 },
      undefined,
    ],
  ])("%s", (_what, given, breach) => {
    expect(rule(given)).toEqual(breach);
  });

  it("never pages before three looks of the source, and follows missing_for above that", () => {
    expect(rule({ lastHeartbeatAt: NOW - 14_999, cadenceMs: 5_000 })).toBeUndefined();
    expect(rule({ lastHeartbeatAt: NOW - 15_000, cadenceMs: 5_000 })).toBeDefined();
    expect(rule({ lastHeartbeatAt: NOW - 20_000 }, { missing_for: "30s" })).toBeUndefined();
    expect(rule({ lastHeartbeatAt: NOW - 30_000 }, { missing_for: "30s" })).toBeDefined();
  });
});
