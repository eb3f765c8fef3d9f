import { FLEET, TICKS } from "../../monitor/types.ts";
import type { View } from "../view.ts";
import type { TimeGrid } from "./time-grid.ts";

/**
 * 1 for each column in which the monitor did not run at all: nothing is known then, so a rate is not 0 and a
 * level did not last. A gap shorter than the store's slots of that age shows in the entity's health.
 */
export function gapColumns({ snapshot, history }: View, entity: string, grid: TimeGrid): Uint8Array {
  const { columns } = grid.time;
  const { stepMs } = grid;
  const from = (grid.newest - columns) * stepMs;
  const query = { from, stepMs, columns, until: snapshot.at, holdMs: snapshot.tickMs };
  const ticks = history.worst(FLEET, TICKS, query);
  const gaps = new Uint8Array(columns);
  if (ticks === undefined) return gaps;
  const { values, blurred, keptSince } = ticks;
  const healths = blurred.includes(1)
    ? history.healths(entity, from, from + columns * stepMs, columns)
    : undefined;
  for (let column = 0; column < columns; column++) {
    if (from + (column + 1) * stepMs <= keptSince) continue;
    const isHidden = blurred[column] === 1 && healths?.[column] === "unknown";
    gaps[column] = Number.isNaN(values[column]) || isHidden ? 1 : 0;
  }
  return gaps;
}

/** The values, unknown in gaps. */
export function withoutGaps(values: Float64Array, gaps: Uint8Array): Float64Array {
  return values.map((value, column) => (gaps[column] === 1 ? Number.NaN : value));
}
