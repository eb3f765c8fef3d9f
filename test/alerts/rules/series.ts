import { RuleMemory } from "../../../src/alerts/rule-memory.ts";
import type { Breach, RuleKind } from "../../../src/alerts/types.ts";
import type { Values } from "../../../src/core/measure.ts";
import type { EntityReading } from "../../../src/measures/reading.ts";
import { aReading, NOW } from "../../health/readings.ts";

/** Evaluates a rule once a second over values of a service. Returns what it found each time. */
export function evaluateSeries<Options>(
  kind: RuleKind<Options>,
  options: Readonly<Record<string, unknown>>,
  steps: readonly Values[],
  given: (nth: number) => Partial<EntityReading> = () => ({}),
  memory = new RuleMemory(),
): (Breach | undefined)[] {
  const parsed = kind.schema.parse(options);
  return steps.map((values, nth) => {
    const at = NOW + nth * 1_000;
    return kind.evaluate(
      { ...aReading({ at, windowMs: 1_000 }, values), at, ...given(nth) } as EntityReading,
      parsed,
      memory,
    );
  });
}

/** The places of the evaluations that found something. */
export function found(breaches: readonly (Breach | undefined)[]): number[] {
  return breaches.flatMap((breach, nth) => (breach === undefined ? [] : [nth]));
}
