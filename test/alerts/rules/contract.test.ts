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
  const bad = { requests: 100, errors: 60, p50: 3_000, p99: 4_000, checks: 10, failed_checks: 9, cpu: 99 };
  const good = { requests: 100, p50: 50, p99: 80, checks: 50, cpu: 20, memory: 40, request_rate: 10 };
  return {
    healthy: () => aReading({}, good),
    broken: () => aReading(silent, { ...bad, memory: 99, request_rate: 0 }),
  };
}

/** Test options of a kind: the defaults, or those of its example if some are required. */
function optionsOf(rule: RuleKind<unknown>, given: object = {}): unknown {
  const defaults = rule.schema.safeParse(given);
  if (defaults.success) return defaults.data;
  const { kind: _, name, for: __, ...example } = rule.example;
  const own = "name" in rule.schema.shape ? { name } : {};
  return rule.schema.parse({ ...example, ...own, ...given });
}

/** What a rule finds in the last reading, after it has seen healthy ones for a while. */
function findAfterHealthy(
  rule: RuleKind<unknown>,
  options: unknown,
  healthy: EntityReading,
  last: EntityReading,
) {
  const memory = new RuleMemory();
  const steps = 40;
  for (let step = steps; step > 0; step--) {
    const at = NOW - step * healthy.windowMs;
    const breach = rule.evaluate({ ...healthy, at, lastSeenAt: at, lifeSigns: [] }, options, memory);
    if (breach !== undefined) throw new Error(breach.message);
  }
  return rule.evaluate(last, options, memory);
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

  it("does not fire on a healthy reading, at once or for a while", () => {
    expect(kind.evaluate(healthy(), options, new RuleMemory())).toBeUndefined();
    expect(findAfterHealthy(kind, options, healthy(), healthy())).toBeUndefined();
  });

  it("finds a broken reading, and includes the entity and a value in its message", () => {
    const breach = findAfterHealthy(kind, options, healthy(), broken());
    expect(breach?.message).toMatch(/^payment-service: .*\d/);
    expect(SEVERITIES).toContain(breach?.severity);
    const { limits } = broken();
    const severities = kind.severities(options, { kind: broken().kind, limits });
    expect(severities).toContain(breach?.severity);
    expect(severities).toEqual(SEVERITIES.filter((severity) => severities.includes(severity)));
  });

  it("says what its condition is, also for entities of several kinds, and which measures it reads", () => {
    const { kind: entityKind, limits } = broken();
    for (const target of [{ kind: entityKind, limits }, undefined])
      expect(kind.condition(options, target)).toMatch(/\w/);
    const ids = kind.measures(options);
    expect(entityKind.measures.map(({ id }) => id)).toEqual(expect.arrayContaining([...ids]));
  });

  it("gives the same result for the same readings, and modifies nothing", () => {
    const reading = broken();
    const first = findAfterHealthy(kind, options, healthy(), reading);
    expect(findAfterHealthy(kind, options, healthy(), reading)).toEqual(first);
    expect(reading).toEqual(broken());
    expect(optionsOf(kind)).toEqual(options);
  });

  it("has a valid example", () => {
    const { kind: name_, name: own, ...example } = kind.example;
    expect(name_).toBe(name);
    const named = "name" in kind.schema.shape ? { ...example, name: own } : example;
    expect(kind.schema.safeParse(named).error?.issues ?? []).toEqual([]);
  });
});
