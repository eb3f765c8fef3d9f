import type { EntityKind } from "../../core/entity.ts";
import { levelOf } from "../../core/limits.ts";
import { LEVELS } from "../../core/measure.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import { headlineOf } from "../text/values.ts";
import { stepsWorse } from "./worsening.ts";

/** More than the possible steps between two values. */
const PER_SEVERITY = 1000;

/**
 * The sort rank of a label set: by the limits it crosses, then by its headline in steps of doubling or of
 * ten percentage points. Sets in the same step are equal, so that rows do not swap with every tick. Sets
 * without values come last.
 */
export function urgencyOf(
  kind: EntityKind,
  { values, limits }: Pick<EntitySnapshot, "values" | "limits">,
): number {
  const headline = headlineOf(kind);
  const value = values[headline.id] ?? Number.NaN;
  const known = kind.columns.some(({ measure }) => values[measure]! > 0 || values[measure]! < 0);
  if (!known) return -PER_SEVERITY;
  const levels = kind.measures.map((measure) => {
    const level = levelOf(measure, values[measure.id] ?? Number.NaN, limits[measure.id], values);
    return level === undefined ? 0 : 1 + LEVELS.indexOf(level);
  });
  const own = limits[headline.id];
  const steps =
    headline.worse === "none" ? 0 : stepsWorse(headline, own?.degraded ?? own?.critical ?? 0, value);
  return Math.max(...levels) * PER_SEVERITY + (Number.isNaN(steps) ? 0 : Math.floor(steps));
}
