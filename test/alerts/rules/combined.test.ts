import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RuleMemory } from "../../../src/alerts/rule-memory.ts";
import { all } from "../../../src/alerts/rules/all.ts";
import { any } from "../../../src/alerts/rules/any.ts";
import { not } from "../../../src/alerts/rules/not.ts";
import type { Values } from "../../../src/core/measure.ts";
import { host } from "../../../src/kinds/host.ts";
import { service } from "../../../src/kinds/service.ts";
import { aReading } from "../../health/readings.ts";

const CPU = { measure: "cpu", above: 80 };
const MEMORY = { measure: "memory", above: 75 };
const IDLE = { measure: "request_rate", below: 1 };

const evaluate = (kind: typeof all, conditions: object[], values: Values) =>
  kind.evaluate(aReading({}, values), kind.schema.parse({ name: "X", conditions }), new RuleMemory());
const text = (kind: typeof all, conditions: object[], values: Values) =>
  evaluate(kind, conditions, values)?.message.replace("payment-service: ", "");

describe("combinations of conditions", () => {
  it("ALL needs all of them, and names them with their values", () => {
    expect(text(all, [CPU, MEMORY], { cpu: 85, memory: 78 })).toBe(
      "cpu=85.0% over 80%, memory=78.0% over 75%",
    );
    for (const values of [{ cpu: 80, memory: 78 }, { cpu: 85, memory: 75 }, { cpu: 85 }, {}])
      expect(text(all, [CPU, MEMORY], values)).toBeUndefined();
  });

  it("ANY needs one of them, and names those that hold", () => {
    expect(text(any, [CPU, MEMORY], { cpu: 10, memory: 78 })).toBe("memory=78.0% over 75%");
    expect(text(any, [CPU, MEMORY], { cpu: 85, memory: 78 })).toBe(
      "cpu=85.0% over 80%, memory=78.0% over 75%",
    );
    expect(text(any, [CPU, MEMORY], { memory: 78 })).toBe("memory=78.0% over 75%");
    expect(text(any, [CPU, MEMORY], { cpu: 10, memory: 10 })).toBeUndefined();
  });

  it("NOT needs to know that none of them holds, and names their values", () => {
    expect(text(not, [CPU, MEMORY], { cpu: 10, memory: 20 })).toBe("cpu=10.0%, memory=20.0%");
    expect(text(not, [CPU, MEMORY], { cpu: 10, memory: 90 })).toBeUndefined();
    expect(text(not, [CPU, MEMORY], { cpu: 10 })).toBeUndefined();
  });

  it("can be nested", () => {
    const busyOrNot = [{ any: [CPU, MEMORY] }, { not: IDLE }];
    expect(text(all, busyOrNot, { cpu: 85, memory: 1, request_rate: 5 })).toBe(
      "cpu=85.0% over 80%, request_rate=5.0/s",
    );
    expect(text(all, busyOrNot, { cpu: 85, memory: 1, request_rate: 0 })).toBeUndefined();
    const either = [CPU, { all: [MEMORY, { not: IDLE }] }];
    expect(text(any, either, { cpu: 85, memory: 1, request_rate: 5 })).toBe("cpu=85.0% over 80%");
  });

  it("shows the first part that holds as its value", () => {
    expect(evaluate(any, [CPU, MEMORY], { cpu: 10, memory: 78 })).toMatchObject({
      measure: "memory",
      value: 78,
      limit: 75,
    });
    expect(evaluate(any, [{ ...IDLE, above: 9 }], { request_rate: 0 })).toMatchObject({ value: 0, limit: 1 });
  });

  it("reads as text", () => {
    const options = all.schema.parse({
      name: "X",
      conditions: [CPU, { any: [MEMORY, { not: { all: [IDLE, CPU] } }] }],
    });
    expect(all.condition(options, { kind: service, limits: {} })).toBe(
      "cpu > 80% and (memory > 75% or not (request_rate < 1.0/s and cpu > 80%))",
    );
    expect(not.condition(not.schema.parse({ name: "X", conditions: [CPU] }), undefined)).toBe("not cpu > 80");
  });

  it("apply to kinds that have the measures: all of them, or one for ANY", () => {
    const conditions = [CPU, { measure: "p99", above: 1 }];
    const applies = (kind: typeof all) => kind.applies(host, kind.schema.parse({ name: "X", conditions }));
    expect([applies(all), applies(any), applies(not)]).toEqual([false, true, true]);
  });

  it("follow the logic of three values, for any conditions and values", () => {
    type Condition = Record<string, unknown>;
    const leaf = fc.record({
      measure: fc.constantFrom("cpu", "memory", "p50"),
      above: fc.integer({ min: 0, max: 4 }),
    });
    const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
      condition: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        leaf,
        fc.record({ all: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
        fc.record({ any: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
        fc.record({ not: tie("condition") }),
      ),
    }));
    const value = fc.oneof(fc.constant(Number.NaN), fc.integer({ min: 0, max: 4 }));
    const values = fc.record({ cpu: value, memory: value, p50: value });
    /** 1 holds, 0 does not, 1/2 unknown: the minimum, the maximum and the complement. */
    const truth = (given: Condition, of: Values): number => {
      if (Array.isArray(given.all)) return Math.min(...given.all.map((each) => truth(each, of)));
      if (Array.isArray(given.any)) return Math.max(...given.any.map((each) => truth(each, of)));
      if (given.not !== undefined) return 1 - truth(given.not as Condition, of);
      const number = of[given.measure as string]!;
      return Number.isNaN(number) ? 0.5 : Number(number > (given.above as number));
    };
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 3 }), values, (conditions, of) => {
        const expected = [
          truth({ all: conditions }, of),
          truth({ any: conditions }, of),
          truth({ not: { any: conditions } }, of),
        ].map((each) => each === 1);
        expect([all, any, not].map((kind) => evaluate(kind, conditions, of) !== undefined)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});
