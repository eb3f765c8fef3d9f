import type { z } from "zod";
import {
  type Combination,
  type Condition,
  canHold,
  combined,
  combinedSchema,
  conditionText,
  measuresOf,
  partsOf,
  partText,
} from "./conditions.ts";
import { combinedInPromql } from "./promql/conditions.ts";
import { holdOf } from "./rule-options.ts";
import type { RuleKind } from "./types.ts";
import { readValue } from "./value.ts";

export type CombinedOptions = z.output<ReturnType<typeof combinedSchema>>;

/** A rule kind that combines conditions in one way. Its message names the parts that hold, with their values. */
export function combinedRule(
  how: Combination,
  texts: Pick<RuleKind<CombinedOptions>, "kind" | "description" | "example">,
): RuleKind<CombinedOptions> {
  /** The conditions as one. */
  const asOne = ({ conditions }: CombinedOptions): Condition =>
    how === "all" ? { all: conditions } : how === "any" ? { any: conditions } : { not: { any: conditions } };
  return {
    ...texts,
    get schema() {
      return combinedSchema();
    },
    applies: (kind, options) => canHold(kind, asOne(options)),
    measures: ({ conditions }) => measuresOf(conditions),
    severities: (options) => [options.severity],
    condition: (options, target) => conditionText(target?.kind, asOne(options)),
    hold: (options) => holdOf(options),
    evaluate(reading, options) {
      if (combined(how, options.conditions, reading) !== true) return undefined;
      const parts = partsOf(asOne(options), reading).map((part) => {
        const value = readValue(reading, { measure: part.measure!, window: part.window });
        return { part, value, text: partText(reading.kind, part, value) };
      });
      // What a list of alerts and a chart show is the first of them.
      const [first] = parts;
      const { above, below } = first?.part ?? {};
      const limit =
        first !== undefined && above !== undefined && first.value > above ? above : (below ?? above);
      return {
        severity: options.severity,
        message: `${reading.entity}: ${parts.map(({ text }) => text).join(", ")}`,
        ...(first === undefined ? {} : { measure: first.part.measure!, value: first.value }),
        ...(limit === undefined ? {} : { limit }),
      };
    },
    promql: ({ conditions, severity }, scope) => combinedInPromql(scope, how, conditions, severity),
  };
}
