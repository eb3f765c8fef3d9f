import { z } from "zod";
import type { EntityKind } from "../core/entity.ts";
import { lazy } from "../core/lazy.ts";
import { list } from "../core/list.ts";
import type { EntityReading } from "../measures/reading.ts";
import { type Bounds, beyondText, boundsText, refineBounds, sideBeyond } from "./bounds.ts";
import { commonOptions, measureId, measureValue, ownWindow, severity } from "./rule-options.ts";
import { type Measured, measureOf, readValue } from "./value.ts";

/** A condition on one measure, or a combination of conditions. */
export interface Condition extends Bounds {
  readonly measure?: string | undefined;
  /** ms */
  readonly window?: number | undefined;
  readonly all?: readonly Condition[] | undefined;
  readonly any?: readonly Condition[] | undefined;
  readonly not?: Condition | undefined;
}

/** How conditions are combined: all hold, any holds, none holds. */
export type Combination = "all" | "any" | "none";

/** A condition can be nested so deep. */
const DEEPEST = 4;
const MOST = 20;

const NEEDS = "needs a measure with above or below, or one of all, any, not";
const EMPTY = "must list at least one condition, such as - { measure: cpu, above: 80 }";

/** @param depth how much deeper it may be nested */
function conditionSchema(depth: number): z.ZodType<Condition> {
  const tooDeep = z.never({ error: `is nested too deep; at most ${DEEPEST} levels` }).optional();
  const inner = depth === 0 ? undefined : conditionSchema(depth - 1);
  const several = inner === undefined ? tooDeep : list(inner, MOST).min(1, EMPTY).optional();
  return z
    .strictObject({
      measure: measureId().optional().describe("the measure to check"),
      above: measureValue().optional().describe("it holds while the value is above this"),
      below: measureValue().optional().describe("it holds while the value is below this"),
      window: ownWindow(),
      all: several.describe("it holds while all of these hold"),
      any: several.describe("it holds while any of these holds"),
      not: (inner?.optional() ?? tooDeep).describe("it holds while this is known not to hold"),
    })
    .superRefine((condition, context) => {
      const { measure, all, any, not } = condition;
      const forms = [measure, all, any, not].filter((form) => form !== undefined);
      if (forms.length !== 1) context.addIssue({ code: "custom", path: [], message: NEEDS });
      else if (measure !== undefined) refineBounds(condition, context);
      else if (condition.above !== undefined || condition.below !== undefined)
        context.addIssue({ code: "custom", path: [], message: "has above or below without a measure" });
    })
    .meta({ id: `condition_${depth}` }) as unknown as z.ZodType<Condition>;
}

/** The options of a rule that combines conditions. */
export const combinedSchema = lazy(() =>
  z.strictObject({
    conditions: list(conditionSchema(DEEPEST - 1), MOST)
      .min(1, EMPTY)
      .describe(
        "conditions on measures: { measure, above or below }, or nested: { all: }, { any: }, { not: }",
      ),
    name: z
      .string({ error: "must be a name of the alerts, such as OVERLOADED" })
      .min(1)
      .max(40, "must have at most 40 characters")
      .describe("name of its alerts"),
    severity: severity("warning"),
    ...commonOptions(),
  }),
);

/** Whether a condition holds; undefined: a value that decides it is unknown. */
export function holds(condition: Condition, reading: EntityReading): boolean | undefined {
  const { measure, all, any, not } = condition;
  if (measure !== undefined) {
    const value = readValue(reading, condition as Measured);
    return Number.isNaN(value) ? undefined : sideBeyond(condition, value) !== undefined;
  }
  if (not !== undefined) {
    const held = holds(not, reading);
    return held === undefined ? undefined : !held;
  }
  return all === undefined ? combined("any", any!, reading) : combined("all", all, reading);
}

/** The logic of Kleene: one that decides is enough, and what is unknown decides nothing. */
export function combined(
  how: Combination,
  conditions: readonly Condition[],
  reading: EntityReading,
): boolean | undefined {
  const decisive = how !== "all";
  let isUnknown = false;
  for (const condition of conditions) {
    const held = holds(condition, reading);
    if (held === decisive) return how === "any";
    isUnknown ||= held === undefined;
  }
  return isUnknown ? undefined : how !== "any";
}

/** The conditions on measures that show why a condition holds, or why it does not. */
export function partsOf(condition: Condition, reading: EntityReading, held = true): readonly Condition[] {
  if (holds(condition, reading) !== held) return [];
  const { measure, all = [], any = [], not } = condition;
  if (measure !== undefined) return [condition];
  if (not !== undefined) return partsOf(not, reading, !held);
  return [...all, ...any].flatMap((each) => partsOf(each, reading, held));
}

/** "cpu=85.0% over 80%", or the value alone where it is within the bounds. */
export function partText(kind: EntityKind, part: Condition, value: number): string {
  return beyondText(kind, part as Measured, part, value);
}

/** "cpu > 80% and (memory > 75% or not p99 > 500ms)" */
export function conditionText(kind: EntityKind | undefined, condition: Condition, isNested = false): string {
  const { measure, all, any, not } = condition;
  const inBrackets = (text: string) => (isNested ? `(${text})` : text);
  if (measure !== undefined) {
    const text = boundsText(kind, condition as Measured, condition);
    return text.includes(" or ") ? inBrackets(text) : text;
  }
  if (not !== undefined) return `not ${conditionText(kind, not, true)}`;
  const parts = (all ?? any!).map((each) => conditionText(kind, each, true));
  return parts.length === 1 ? parts[0]! : inBrackets(parts.join(all === undefined ? " or " : " and "));
}

/** The ids of all measures of some conditions, each once. */
export function measuresOf(conditions: readonly Condition[]): readonly string[] {
  const ids = conditions.flatMap(({ measure, all = [], any = [], not }) =>
    measure === undefined ? measuresOf([...all, ...any, ...(not === undefined ? [] : [not])]) : [measure],
  );
  return [...new Set(ids)];
}

/** Whether a kind of entity has what the conditions need: of `any` one is enough. */
export function canHold(kind: EntityKind, { measure, all, any, not }: Condition): boolean {
  if (measure !== undefined) return measureOf(kind, measure) !== undefined;
  if (not !== undefined) return canHold(kind, not);
  return all === undefined
    ? any!.some((each) => canHold(kind, each))
    : all.every((each) => canHold(kind, each));
}
