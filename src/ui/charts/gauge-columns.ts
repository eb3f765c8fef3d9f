import type { Snapshot } from "../../monitor/types.ts";
import { lttb } from "./lttb.ts";
import type { TimeGrid } from "./time-grid.ts";

type History = Snapshot["history"];

/** A gauge over time, one value a column; NaN where nobody told it. */
export interface GaugeColumns {
  /** The mean, so thinned out that the shape stays. */
  readonly line: Float64Array;
  /** The extremes of all that was told in a column. */
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** Over all columns; NaN where nothing is known. */
  readonly whole: { readonly min: number; readonly mean: number; readonly max: number };
}

/** The past is kept by the second at best, and so many looks a column are enough for its shape. */
const FINEST_MS = 1000;
const MOST_LOOKS = 8;
/** A level holds until it is told anew, but not for ever: a longer silence is a gap, ms. */
const HOLD_MS = 15_000;

/** A gauge of a service in the columns of a grid; nothing that was told after `at` (ms since the epoch). */
export function gaugeColumns(
  history: History,
  service: string,
  gauge: string,
  grid: TimeGrid,
  at: number,
): GaugeColumns {
  const { stepMs } = grid;
  const read = (of: "min" | "mean" | "max", looks: number) =>
    readGauge(history, service, gauge, of, grid, looks, at);
  const looks = Math.max(1, Math.min(MOST_LOOKS, Math.floor(stepMs / FINEST_MS)));
  const line = shape(hold(read("mean", looks), stepMs / looks), looks);
  const min = hold(read("min", 1), stepMs);
  const max = hold(read("max", 1), stepMs);
  const known = line.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return { line, min, max, whole: { min: extreme(min, Math.min), mean, max: extreme(max, Math.max) } };
}

/** So many looks a column. The newest column has only begun: it tells the last whole step up to now. */
function readGauge(
  history: History,
  service: string,
  gauge: string,
  of: "min" | "mean" | "max",
  { time, stepMs, newestFrom }: TimeGrid,
  looks: number,
  at: number,
): Float64Array {
  const past = (time.columns - 1) * looks;
  const apart = stepMs / looks;
  const values = new Float64Array(past + looks);
  const first = newestFrom - past * apart + apart;
  values.set(history.gaugeSeries(service, gauge, first, newestFrom, past, of));
  // One step more is asked for than is shown: how long a step is follows from two of them.
  const newest = history.gaugeSeries(service, gauge, at - looks * apart, at, looks + 1, of);
  values.set(newest.subarray(1), past);
  return values;
}

/** Short silences filled with what was told before them. */
function hold(values: Float64Array, stepMs: number): Float64Array {
  const held = values.slice();
  const most = Math.floor(HOLD_MS / stepMs);
  let silent = 0;
  for (let place = 1; place < held.length; place++) {
    silent = Number.isNaN(values[place]!) ? silent + 1 : 0;
    if (silent > 0 && silent <= most) held[place] = held[place - 1]!;
  }
  return held;
}

/** `looks` values a column thinned out to one, each stretch between two gaps by itself. */
function shape(values: Float64Array, looks: number): Float64Array {
  const columns = new Float64Array(values.length / looks).fill(Number.NaN);
  let start = 0;
  for (let place = 0; place <= values.length; place++) {
    if (place < values.length && !Number.isNaN(values[place]!)) continue;
    if (place > start) {
      const first = Math.floor(start / looks);
      const count = Math.floor((place - 1) / looks) - first + 1;
      const known = values.subarray(start, place);
      const kept = lttb(
        Float64Array.from(known, (_, nth) => nth),
        known,
        count,
      );
      for (const [nth, one] of kept.entries()) columns[first + nth] = known[one]!;
    }
    start = place + 1;
  }
  return columns;
}

function extreme(values: Float64Array, pick: (a: number, b: number) => number): number {
  let found = Number.NaN;
  for (const value of values) {
    if (!Number.isNaN(value)) found = Number.isNaN(found) ? value : pick(found, value);
  }
  return found;
}
