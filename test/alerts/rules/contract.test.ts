import { describe, expect, it } from "vitest";
import { ruleKinds } from "../../../src/alerts/rules/index.ts";
import type { RuleKind } from "../../../src/alerts/types.ts";
import { SEVERITIES } from "../../../src/core/alert.ts";
import { aReading, NOW } from "../../health/readings.ts";

/** Everything wrong at once: busy, failing, slow, and silent for a minute. */
const terrible = () =>
  aReading(
    { lifeSigns: [{ name: "heartbeat", lastSeenAt: NOW - 60_000 }] },
    { requests: 100, errors: 60, p99: 4_000, checks: 10, failed_checks: 9, cpu: 99 },
  );

/** Options with which a kind can be tried: the defaults, or for a kind that must be given a measure, one. */
function optionsOf(kind: RuleKind<unknown>, given: object = {}): unknown {
  const defaults = kind.schema.safeParse(given);
  return defaults.success ? defaults.data : kind.schema.parse({ measure: "p99", ...given });
}

describe.each(Object.entries<RuleKind<unknown>>(ruleKinds))("rule kind %s", (name, kind) => {
  const options = optionsOf(kind);

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
    expect(kind.hold(options, aReading()).ticks).toBeGreaterThanOrEqual(1);
    expect(kind.hold(options, aReading()).ms).toBe(0);
    expect(kind.hold(optionsOf(kind, { for: "90s" }), aReading()).ms).toBe(90_000);
    expect(kind.schema.safeParse({ for: "soon" }).success).toBe(false);
  });

  it("applies to services", () => {
    expect(kind.applies(aReading().kind, options)).toBe(true);
  });

  it("is quiet on a healthy reading", () => {
    expect(kind.evaluate(aReading(), options)).toBeUndefined();
  });

  it("names the entity and a number when it is breached", () => {
    const breach = kind.evaluate(terrible(), options);
    expect(breach?.message).toMatch(/^payment-service: .*\d/);
    expect(SEVERITIES).toContain(breach?.severity);
  });

  it("gives the same answer to the same reading, and changes nothing", () => {
    const reading = terrible();
    const first = kind.evaluate(reading, options);
    expect(kind.evaluate(reading, options)).toEqual(first);
    expect(reading).toEqual(terrible());
    expect(optionsOf(kind)).toEqual(options);
  });
});
