import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RuleMemory } from "../../../src/alerts/rule-memory.ts";
import { threshold } from "../../../src/alerts/rules/threshold.ts";
import { aReading, NOW } from "../../health/readings.ts";

const TICK_MS = 1_000;
type Given = Record<string, unknown>;

/** Evaluates a series of cpu values, one per second. */
function over(options: Given, values: readonly number[]) {
  const parsed = threshold.schema.parse({ measure: "cpu", ...options });
  const memory = new RuleMemory();
  const breaches = values.map((cpu, tick) =>
    threshold.evaluate(aReading({ at: NOW + tick * TICK_MS }, { cpu }), parsed, memory),
  );
  return { breaches, memory };
}
const holds = (options: Given, ...values: number[]) =>
  over(options, values).breaches.map((breach) => (breach === undefined ? 0 : breach.isHeld ? 2 : 1));

describe("THRESHOLD", () => {
  it("compares plainly: NaN and the limit itself are not beyond it", () => {
    expect(holds({ above: 80 }, 79, 80, 80.001, Number.NaN, 81)).toEqual([0, 0, 1, 0, 1]);
    expect(holds({ below: 20 }, 21, 20, 19.999, Number.NaN)).toEqual([0, 0, 1, 0]);
    expect(holds({ above: 80, below: 20 }, 50, 81, 19, 20)).toEqual([0, 1, 1, 0]);
  });

  it("agrees with a plain comparison for any limits and values", () => {
    const number = fc.double({ min: -1e6, max: 1e6 });
    fc.assert(
      fc.property(number, fc.option(number), fc.array(number), (above, below, values) => {
        fc.pre(!Number.isNaN(above) && !Number.isNaN(below ?? 0) && above >= (below ?? above));
        const expected = values.map((value) => Number(value > above || (below !== null && value < below)));
        expect(holds({ above, ...(below === null ? {} : { below }) }, ...values)).toEqual(expected);
      }),
    );
  });

  it("is held from the limit to the recovery value, on either side", () => {
    const series = [75, 85, 75, 70.1, 70, 75];
    expect(holds({ above: 80, recovery: 70 }, ...series)).toEqual([0, 1, 2, 2, 0, 0]);
    expect(holds({ below: 80, recovery: 90 }, ...[85, 79, 85, 90, 85])).toEqual([0, 1, 2, 0, 0]);
    expect(holds({ above: 80, below: 20, recovery: 50 }, ...[90, 60, 10, 40, 60])).toEqual([1, 2, 1, 2, 0]);
    expect(holds({ above: 80, recovery: 70 }, 85, Number.NaN, 75)).toEqual([1, 0, 0]);
  });

  it("is not held by a single high value before its alert fires", () => {
    expect(holds({ above: 80, recovery: 70, for: "2s" }, 85, 75, 75, 75)).toEqual([1, 0, 0, 0]);
    expect(holds({ above: 80, recovery: 70, for: "2s" }, 85, 85, 85, 75)).toEqual([1, 1, 1, 2]);
    expect(holds({ above: 80, recovery: 70, ticks: 2 }, 85, 75, 85, 85, 75)).toEqual([1, 0, 1, 1, 2]);
  });

  it("remembers nothing of an entity that is fine, and keeps entities apart", () => {
    expect(over({ above: 80, recovery: 70 }, [85, 75, 60]).memory.size).toBe(0);
    const parsed = threshold.schema.parse({ measure: "cpu", above: 80, recovery: 70 });
    const memory = new RuleMemory();
    const of = (entity: string, cpu: number) =>
      threshold.evaluate(aReading({ entity }, { cpu }), parsed, memory);
    of("a", 90);
    expect([of("a", 75)?.isHeld, of("b", 75)]).toEqual([true, undefined]);
    memory.retain(new Set(["b"]));
    expect(of("a", 75)).toBeUndefined();
  });

  it("tells value and limit in the unit of the measure, and of which window", () => {
    const [over80, held] = over({ above: 80, recovery: 70, severity: "page" }, [85, 75]).breaches;
    expect(over80).toMatchObject({ severity: "page", measure: "cpu", value: 85, limit: 80 });
    expect(over80?.message).toBe("payment-service: cpu=85.0% over 80%");
    expect(held?.message).toBe("payment-service: cpu=75.0%, recovers at 70%");
    const slow = threshold.schema.parse({ measure: "p99", above: "500ms", window: "5m" });
    const more = {
      beyond: () => undefined,
      value: (id: string, ms: number) => (id === "p99" ? ms / 100 : 0),
    };
    const breach = threshold.evaluate(aReading({ more }, { p99: 100 }), slow, new RuleMemory());
    expect(breach?.message).toBe("payment-service: p99 in 5m=3,000ms over 500ms");
    expect(threshold.condition(slow, undefined)).toBe("p99 in 5m > 500");
  });

  it("does not hold with fewer samples than it asks for", () => {
    const rule = (requests: number) =>
      threshold.evaluate(
        aReading({}, { requests, errors: requests }),
        threshold.schema.parse({ measure: "error_rate", above: 0.5, min_samples: 20 }),
        new RuleMemory(),
      );
    expect([rule(19), rule(20)?.value]).toEqual([undefined, 1]);
  });

  it.each<[Given, string, string]>([
    [{}, "", "needs above, below or both"],
    [
      { above: 10, below: 20 },
      "above",
      "must not be less than below: every value would be beyond one of them",
    ],
    [{ above: 80, recovery: 90 }, "recovery", "must not be above the limit"],
    [{ below: 80, recovery: 70 }, "recovery", "must not be below the limit"],
  ])("refuses %o", (options, path, sentence) => {
    const issue = threshold.schema.safeParse({ measure: "cpu", ...options }).error?.issues[0];
    expect(issue?.path.join(".")).toBe(path);
    expect(issue?.message).toContain(sentence);
  });
});
