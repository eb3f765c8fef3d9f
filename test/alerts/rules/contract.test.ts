import { describe, expect, it } from "vitest";
import { ruleKinds } from "../../../src/alerts/rules/index.ts";
import type { RuleKind } from "../../../src/alerts/types.ts";
import { SEVERITIES } from "../../../src/core/alert.ts";
import { aReading, NOW } from "../../health/a-reading.ts";

/** Everything wrong at once: busy, failing, slow, and silent for a minute. */
const terrible = () =>
  aReading(
    {
      gauges: new Map([["cpu", { value: 99, at: NOW }]]),
      lastHeartbeatAt: NOW - 60_000,
      lastPassAt: NOW - 60_000,
    },
    { requestCount: 100, errorCount: 60, p99: 4_000, checkCount: 10, failedCheckCount: 9 },
  );

describe.each(Object.entries<RuleKind<unknown>>(ruleKinds))("rule kind %s", (name, kind) => {
  const options = kind.schema.parse({});

  it("is registered under its own name and described", () => {
    expect(kind.kind).toBe(name);
    expect(kind.description).toMatch(/^[A-Z].*\.$/);
  });

  it("describes every option and refuses what it does not know", () => {
    for (const option of Object.values(kind.schema.shape)) {
      expect(option).toHaveProperty("description", expect.stringMatching(/\w/));
    }
    expect(kind.schema.safeParse({ no_such_option: 1 }).success).toBe(false);
  });

  it("has the common `for`, and a hold that can be met", () => {
    expect(kind.hold(options).ticks).toBeGreaterThanOrEqual(1);
    expect(kind.hold(options).ms).toBe(0);
    expect(kind.hold(kind.schema.parse({ for: "90s" })).ms).toBe(90_000);
    expect(kind.schema.safeParse({ for: "soon" }).success).toBe(false);
  });

  it("is quiet on a healthy reading", () => {
    expect(kind.evaluate(aReading(), options)).toBeUndefined();
  });

  it("names the service and a number when it is breached", () => {
    const breach = kind.evaluate(terrible(), options);
    expect(breach?.message).toMatch(/^payment-service: .*\d/);
    expect(SEVERITIES).toContain(breach?.severity);
  });

  it("gives the same answer to the same reading, and changes nothing", () => {
    const reading = terrible();
    const first = kind.evaluate(reading, options);
    expect(kind.evaluate(reading, options)).toEqual(first);
    expect(reading).toEqual(terrible());
    expect(kind.schema.parse({})).toEqual(options);
  });
});
