import type { Measure } from "../../core/measure.ts";
import { type EntitySnapshot, FLEET } from "../../monitor/types.ts";
import { isWeak } from "../text/values.ts";
import type { View } from "../view.ts";
import { gapColumns, withoutGaps } from "./gaps.ts";
import { rebuiltColumns } from "./rebuilt-columns.ts";
import type { TimeGrid } from "./time-grid.ts";

/** A measure over time. */
export interface MeasureColumns {
  /** One value per column; NaN where nothing was published. */
  readonly values: Float64Array;
  /** 1 where few samples are behind the value. */
  readonly weak: Uint8Array;
}

/**
 * A measure over time: each column shows the worst value that was published in it (the highest if neither
 * direction is worse), which is what the table showed and what health was judged by. So a spike is the same at
 * any zoom and age. Where published values are no longer kept, columns are computed from the metrics.
 * @param entity undefined for the whole fleet
 */
export function measureColumns(
  view: View,
  entity: EntitySnapshot | undefined,
  measure: Measure,
  grid: TimeGrid,
): MeasureColumns {
  const { snapshot, history } = view;
  const { stepMs, newest, time } = grid;
  const { columns } = time;
  const name = entity?.name ?? FLEET;
  const from = (newest - columns) * stepMs;
  const query = { from, stepMs, columns, until: snapshot.at, holdMs: snapshot.tickMs };
  const known = history.worst(name, measure.id, query);
  if (known === undefined) {
    const values = rebuiltColumns(view, name, entity, measure, grid, columns - 1);
    return { values, weak: new Uint8Array(columns) };
  }
  const { values, samples, keptSince } = known;
  if (known.blurred.includes(1)) values.set(withoutGaps(values, gapColumns(view, name, grid)));
  addNewest(view, entity, measure, values, samples);
  const weak = Uint8Array.from(samples, (count) => (isWeak(measure, count) ? 1 : 0));
  const gone = Math.min(columns, Math.ceil((keptSince - from) / stepMs));
  if (gone > 0) values.set(rebuiltColumns(view, name, entity, measure, grid, gone - 1));
  return { values, weak };
}

/** The newest column includes the value in the table, and nothing later. */
function addNewest(
  { snapshot, history }: View,
  entity: EntitySnapshot | undefined,
  { id, samples: counted, worse }: Measure,
  values: Float64Array,
  samples: Float64Array,
): void {
  const read = (measure: string) =>
    entity?.values[measure] ?? history.value(FLEET, measure, snapshot.windowMs, snapshot.at);
  const value = read(id);
  const last = values.length - 1;
  const worst = values[last]!;
  const isWorse = worse === "down" ? value < worst : value > worst;
  if (!isWorse && !(Number.isNaN(worst) && !Number.isNaN(value))) return;
  values[last] = value;
  samples[last] = counted === undefined ? Number.POSITIVE_INFINITY : read(counted);
}
