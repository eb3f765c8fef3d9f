import type { Measure } from "../../core/measure.ts";
import type { EntitySnapshot, Spread } from "../../monitor/types.ts";
import { kindOf } from "../text/values.ts";
import type { View } from "../view.ts";
import { minMaxPerColumn } from "./downsample.ts";
import { readsOnly } from "./measure-reads.ts";
import type { TimeGrid } from "./time-grid.ts";

/** The approximate maximum number of samples per query, at any zoom. */
const MAX_SAMPLES = 2_880;
/** After this time seconds are closed and do not change. */
const SETTLED_AFTER_MS = 2000;
/** Rounding errors must not leave the slot that ends with a step out of its sample. */
const SAMPLE_OFFSET_MS = 0.5;

/**
 * Columns of a measure whose published values are not kept, or no longer: computed from the metrics that the
 * store still has. Each column shows the worst of samples that cover it; a short spike can be lower than it was.
 * Final columns are computed once.
 * @param name of an entity, or of the fleet
 * @param last the last column to compute, from 0
 * @returns the columns 0 to `last`
 */
export function rebuiltColumns(
  view: View,
  name: string,
  entity: EntitySnapshot | undefined,
  measure: Measure,
  grid: TimeGrid,
  last: number,
): Float64Array {
  const { snapshot, live, history, memory } = view;
  const { stepMs, newest, time } = grid;
  const windowMs = entity?.windowMs ?? snapshot.windowMs;
  const each = Math.max(1, Math.min(Math.floor(MAX_SAMPLES / time.columns), Math.ceil(stepMs / windowMs)));
  const apart = stepMs / each;
  const spread = entity && readsOnly(kindOf(view, entity), measure, "gauge") ? spreadOf(measure) : undefined;
  const key = JSON.stringify(["rebuilt", measure.id, entity?.origin, windowMs, stepMs]);
  const memo = memory.remember(name, history.generation(name), key, () => ({
    columns: new Map<number, number>(),
  }));
  const kept = new Map<number, number>();
  const read = (to: number) => {
    const query = { from: to - (each - 1) * apart, to, points: each, windowMs: Math.max(windowMs, apart) };
    const { min, max } = minMaxPerColumn(history.series(name, measure.id, query, spread), 1);
    return (measure.worse === "down" ? min : max)[0]!;
  };
  const values = Float64Array.from({ length: last + 1 }, (_, column) => {
    const step = newest - time.columns + 1 + column;
    const end = step * stepMs;
    const value = memo.columns.get(step) ?? read(Math.min(snapshot.at, end + SAMPLE_OFFSET_MS));
    if (end <= live.at - SETTLED_AFTER_MS) kept.set(step, value);
    return value;
  });
  memo.columns = kept;
  return values;
}

function spreadOf({ worse }: Measure): Spread {
  return worse === "down" ? "min" : "max";
}
