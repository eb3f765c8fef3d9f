import { describe, expect, it } from "vitest";
import { RuleMemory } from "../../../src/alerts/rule-memory.ts";
import { highCpu } from "../../../src/alerts/rules/high-cpu.ts";
import { highErrorRate } from "../../../src/alerts/rules/high-error-rate.ts";
import { highLatency } from "../../../src/alerts/rules/high-latency.ts";
import { limit } from "../../../src/alerts/rules/limit.ts";
import { serviceDown } from "../../../src/alerts/rules/service-down.ts";
import type { Breach } from "../../../src/alerts/types.ts";
import type { Values } from "../../../src/core/measure.ts";
import { host } from "../../../src/kinds/host.ts";
import type { EntityReading } from "../../../src/measures/reading.ts";
import { aReading, NOW } from "../../health/readings.ts";

const breach = (severity: Breach["severity"], measure: string, message: string): Breach =>
  expect.objectContaining({ severity, measure, message: `payment-service: ${message}` });

describe("HIGH_CPU", () => {
  const rule = (cpu: number, options: Record<string, unknown> = {}) =>
    highCpu.evaluate(aReading({}, { cpu }), highCpu.schema.parse(options), new RuleMemory());

  it.each([
    [85, undefined],
    [91.3, breach("warning", "cpu", "cpu=91.3% over 85%")],
    [95, breach("warning", "cpu", "cpu=95.0% over 85%")],
    [97.25, breach("critical", "cpu", "cpu=97.3% over 95%")],
    [Number.NaN, undefined],
  ])("cpu %s", (cpu, expected) => {
    expect(rule(cpu)).toEqual(expected);
  });

  it("accepts its own limits", () => {
    expect(rule(70, { above: 60 })).toEqual(breach("warning", "cpu", "cpu=70.0% over 60%"));
  });

  it("requires 5 consecutive evaluations, and `for` in addition", () => {
    expect(highCpu.hold(highCpu.schema.parse({}), aReading())).toMatchObject({ ticks: 5, ms: 0 });
    const given = highCpu.schema.parse({ ticks: 2, for: "1m" });
    expect(highCpu.hold(given, aReading())).toMatchObject({ ticks: 2, ms: 60_000 });
  });
});

describe("HIGH_ERROR_RATE", () => {
  const rule = (values: Values, options: Record<string, unknown> = {}) =>
    highErrorRate.evaluate(
      aReading({}, { p99: 840, ...values }),
      highErrorRate.schema.parse(options),
      new RuleMemory(),
    );

  it.each([
    [250, undefined],
    [300, breach("warning", "error_rate", "error_rate=6.0% over 5%, p99=840ms")],
    [500, breach("warning", "error_rate", "error_rate=10.0% over 5%, p99=840ms")],
    [600, breach("critical", "error_rate", "error_rate=12.0% over 10%, p99=840ms")],
  ])("%s errors in 5,000 requests", (errors, expected) => {
    expect(rule({ requests: 5_000, errors })).toEqual(expected);
  });

  it("does not fire on few requests", () => {
    expect(rule({ requests: 4, errors: 4 })).toBeUndefined();
    expect(rule({ requests: 5, errors: 5 })?.severity).toBe("critical");
    expect(rule({ requests: 4, errors: 4 }, { min_requests: 1 })?.severity).toBe("warning");
    expect(rule({ requests: 50, errors: 50 }, { min_requests: 100 })).toBeUndefined();
  });
});

describe("HIGH_LATENCY", () => {
  const rule = (values: Values, options: Record<string, unknown> = {}) =>
    highLatency.evaluate(
      aReading({}, { requests: 100, ...values }),
      highLatency.schema.parse(options),
      new RuleMemory(),
    );

  it.each([
    [500, undefined],
    [840, breach("warning", "p99", "p99=840ms over 500ms")],
    [1000, breach("warning", "p99", "p99=1,000ms over 500ms")],
    [1020, breach("critical", "p99", "p99=1,020ms over 1,000ms")],
  ])("p99 of %s ms", (p99, expected) => {
    expect(rule({ p99 })).toEqual(expected);
  });

  it("does not fire on few requests, and accepts durations as limits", () => {
    expect(rule({ requests: 4, p99: 5000 })).toBeUndefined();
    expect(rule({ p99: 1500 }, { warning: "1s", critical: "2s" })?.severity).toBe("warning");
  });
});

describe("LIMIT", () => {
  it("checks any measure of any kind, with the limits of the entity or its own", () => {
    const busy = aReading({ kind: host, limits: { cpu: { degraded: 50 } } }, { cpu: 60, load: 9 });
    const rule = (options: Record<string, unknown>) =>
      limit.evaluate(busy, limit.schema.parse(options), new RuleMemory());
    expect(rule({ measure: "cpu" })).toEqual(breach("warning", "cpu", "cpu=60.0% over 50%"));
    expect(rule({ measure: "load" })).toBeUndefined();
    expect(rule({ measure: "load", critical: 8 })).toEqual(breach("critical", "load", "load=9.00 over 8.00"));
    expect(rule({ measure: "load", page: 8.5, critical: 8 })?.severity).toBe("page");
  });

  it("requires the number of evaluations of the measure, or its own", () => {
    const busy = aReading({ kind: host }, { cpu: 99 });
    const ticks = (options: object) =>
      limit.hold(limit.schema.parse({ measure: "cpu", ...options }), busy).ticks;
    expect([ticks({}), ticks({ ticks: 2 })]).toEqual([5, 2]);
  });
});

describe("SERVICE_DOWN", () => {
  const rule = (given: Partial<EntityReading>, options: Record<string, unknown> = {}) =>
    serviceDown.evaluate(aReading(given), serviceDown.schema.parse(options), new RuleMemory());
  const page = (message: string) => breach("page", "availability", message);
  const heartbeat = (lastSeenAt: number | undefined) => ({ name: "heartbeat", lastSeenAt });
  const pass = (lastSeenAt: number | undefined) => ({ name: "passing health check", lastSeenAt });

  it.each<[what: string, given: Partial<EntityReading>, breach: Breach | undefined]>([
    ["a heartbeat 4.9 s ago", { lifeSigns: [heartbeat(NOW - 4_900), pass(NOW)] }, undefined],
    ["a heartbeat 5 s ago", { lifeSigns: [heartbeat(NOW - 5_000), pass(NOW)] }, page("no heartbeat for 5s")],
    [
      "a pass 7 s ago",
      { lifeSigns: [heartbeat(NOW), pass(NOW - 7_000)] },
      page("no passing health check for 7s"),
    ],
    [
      "both missing",
      { lifeSigns: [heartbeat(NOW - 12_000), pass(NOW - 9_000)] },
      page("no heartbeat for 12s, no passing health check for 9s"),
    ],
    [
      "checks that never passed",
      { lifeSigns: [heartbeat(NOW), pass(undefined)], watchedSince: NOW - 20_000 },
      page("no passing health check for 20s"),
    ],
    ["no checks at all, but heartbeats", { lifeSigns: [heartbeat(NOW)] }, undefined],
    ["gauges only, fresh", { lifeSigns: [] }, undefined],
    ["gauges only, silent", { lifeSigns: [], lastSeenAt: NOW - 8_000 }, page("no data for 8s")],
    [
      "never seen, watched 4 s",
      { lifeSigns: [], lastSeenAt: undefined, watchedSince: NOW - 4_000 },
      undefined,
    ],
    [
      "never seen, watched 6 s",
      { lifeSigns: [], lastSeenAt: undefined, watchedSince: NOW - 6_000 },
      page("never seen, watched for 6s"),
    ],
    [
      "a machine that just woke up",
      { lifeSigns: [heartbeat(NOW - 3_600_000)], watchedSince: NOW - 1_000 },
      undefined,
    ],
  ])("%s", (_what, given, expected) => {
    expect(rule(given)).toEqual(expected);
  });

  it("never pages before three observations of the source, and uses missing_for above that", () => {
    const silent = (ms: number) => ({ lifeSigns: [heartbeat(NOW - ms)] });
    expect(rule({ ...silent(14_999), cadenceMs: 5_000 })).toBeUndefined();
    expect(rule({ ...silent(15_000), cadenceMs: 5_000 })).toBeDefined();
    expect(rule(silent(20_000), { missing_for: "30s" })).toBeUndefined();
    expect(rule(silent(30_000), { missing_for: "30s" })).toBeDefined();
  });

  it("never pages before a slow answer has had its time", () => {
    const silent = (ms: number) => ({ lifeSigns: [heartbeat(NOW - ms)], timeoutMs: 10_000 });
    expect(rule(silent(10_999))).toBeUndefined();
    expect(rule(silent(11_000))).toBeDefined();
  });

  it("leaves an entity to the alert of a measure that already shows that it is down", () => {
    const connected = {
      id: "connected",
      title: "connected",
      unit: "none",
      description: "1 when connected",
      worse: "down",
      read: { type: "statistic", metric: "connected", stat: "last" },
      alert: "DISCONNECTED",
    } as const;
    const kind = { ...host, measures: [connected] };
    const limits = { connected: { down: 1 } };
    const silent = { lifeSigns: [heartbeat(NOW - 60_000)], kind, limits };
    const rule = (connected: number) =>
      serviceDown.evaluate(
        { ...aReading(silent), values: { connected } },
        serviceDown.schema.parse({}),
        new RuleMemory(),
      );
    expect(rule(0)).toBeUndefined();
    expect(rule(1)?.message).toContain("no heartbeat");
    expect(rule(Number.NaN)?.message).toContain("no heartbeat");
  });

  it("pages when health is down: too few checks pass", () => {
    const reading = aReading({}, { checks: 10, failed_checks: 4 });
    expect(serviceDown.evaluate(reading, serviceDown.schema.parse({}), new RuleMemory())).toEqual(
      page("availability=60.0% under 95%"),
    );
  });
});
