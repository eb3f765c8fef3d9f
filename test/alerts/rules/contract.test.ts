import { describe, expect, it } from "vitest";
import { RuleMemory } from "../../../src/alerts/rule-memory.ts";
import { ruleKinds } from "../../../src/alerts/rules/index.ts";
import type { RuleKind } from "../../../src/alerts/types.ts";
import { catalog } from "../../../src/catalog/index.ts";
import { SEVERITIES } from "../../../src/core/alert.ts";
import type { EntityKind } from "../../../src/core/entity.ts";
import type { Measure } from "../../../src/core/measure.ts";
import { service } from "../../../src/kinds/service.ts";
import type { EntityReading } from "../../../src/measures/reading.ts";
import { aReading, NOW } from "../../health/readings.ts";

const silent = { lifeSigns: [{ name: "heartbeat", lastSeenAt: NOW - 60_000 }] };

/** A reading of any kind of entity in which each measure has one value: its best, or its worst. */
function extreme(kind: EntityKind, which: "best" | "worst"): EntityReading {
  const value = ({ worse, top = 1e6 }: Measure) =>
    worse === "none" ? 100 : (worse === "up") === (which === "worst") ? top : 0;
  const values = Object.fromEntries(kind.measures.map((measure) => [measure.id, value(measure)]));
  const limits = Object.fromEntries(kind.measures.map((measure) => [measure.id, measure.limits ?? {}]));
  return { ...aReading(which === "worst" ? silent : {}), kind, values, limits };
}

/**
 * A healthy reading, and one with all problems at once: of a service, or of a kind that the rule applies to.
 */
function readingsFor(rule: RuleKind<unknown>, options: unknown) {
  const kind = [service, ...catalog.entities.values()].find((each) => rule.applies(each, options));
  if (kind === undefined) throw new Error(`${rule.kind} applies to no kind of entity`);
  if (kind !== service) return { healthy: () => extreme(kind, "best"), broken: () => extreme(kind, "worst") };
  const values = { requests: 100, errors: 60, p99: 4_000, checks: 10, failed_checks: 9, cpu: 99 };
  return { healthy: () => aReading(), broken: () => aReading(silent, values) };
}

/** Test options of a kind: the defaults, or those of its example if some are required. */
function optionsOf(rule: RuleKind<unknown>, given: object = {}): unknown {
  const defaults = rule.schema.safeParse(given);
  if (defaults.success) return defaults.data;
  const { kind: _, name: __, for: ___, ...example } = rule.example;
  return rule.schema.parse({ ...example, ...given });
}

describe.each(Object.entries<RuleKind<unknown>>(ruleKinds))("rule kind %s", (name, kind) => {
  const options = optionsOf(kind);
  const { healthy, broken } = readingsFor(kind, options);

  it("is registered under its own name and described", () => {
    expect(kind.kind).toBe(name);
    expect(kind.description).toMatch(/^[A-Z].*\.$/);
  });

  it("describes every option and rejects unknown ones", () => {
    for (const option of Object.values(kind.schema.shape)) {
      expect(option).toHaveProperty("description", expect.stringMatching(/\w/));
    }
    expect(kind.schema.safeParse({ no_such_option: 1 }).success).toBe(false);
  });

  it("has the common `for`, and a hold that can be met", () => {
    expect(kind.hold(options, healthy()).ticks).toBeGreaterThanOrEqual(1);
    expect(kind.hold(options, healthy()).ms).toBe(0);
    expect(kind.hold(optionsOf(kind, { for: "90s" }), healthy()).ms).toBe(90_000);
    expect(kind.schema.safeParse({ for: "soon" }).success).toBe(false);
  });

  it("does not fire on a healthy reading", () => {
    expect(kind.evaluate(healthy(), options, new RuleMemory())).toBeUndefined();
  });

  it("includes the entity and a value in its message", () => {
    const breach = kind.evaluate(broken(), options, new RuleMemory());
    expect(breach?.message).toMatch(/^payment-service: .*\d/);
    expect(SEVERITIES).toContain(breach?.severity);
  });

  it("gives the same result for the same reading, and modifies nothing", () => {
    const reading = broken();
    const first = kind.evaluate(reading, options, new RuleMemory());
    expect(kind.evaluate(reading, options, new RuleMemory())).toEqual(first);
    expect(reading).toEqual(broken());
    expect(optionsOf(kind)).toEqual(options);
  });
});
