import type { Measure } from "../../core/measure.ts";
import type { History, Spread } from "../../monitor/types.ts";
import { lttb } from "./lttb.ts";
import type { TimeGrid } from "./time-grid.ts";

/** A measure over time, one value per column; NaN where it was not reported. */
export interface BandColumns {
  /** The mean, downsampled so that the shape stays. */
  readonly line: Float64Array;
  /** Minimum and maximum of each column. */
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** Over all columns; NaN without data. */
  readonly whole: { readonly min: number; readonly mean: number; readonly max: number };
}

/**
 * The finest resolution of the store is one second; this many samples per column are enough for the shape.
 */
const FINEST_MS = 1000;
const MAX_SAMPLES = 8;
/** A level is valid until it is set again; a longer silence is a gap, ms. */
const HOLD_MS = 15_000;

/** A gauge of an entity in the columns of a grid, ignoring values after `at` (ms since the epoch). */
export function gaugeColumns(
  history: History,
  entity: string,
  { id }: Pick<Measure, "id">,
  grid: TimeGrid,
  at: number,
): BandColumns {
  const { stepMs } = grid;
  const read = (spread: Spread, samples: number) =>
    readColumns(history, entity, id, grid, samples, at, spread);
  const samples = Math.max(1, Math.min(MAX_SAMPLES, Math.floor(stepMs / FINEST_MS)));
  const line = shape(hold(read("mean", samples), stepMs / samples), samples);
  const min = hold(read("min", 1), stepMs);
  const max = hold(read("max", 1), stepMs);
  return {
    line,
    min,
    max,
    whole: { ...wholeOf(line), min: extreme(min, Math.min), max: extreme(max, Math.max) },
  };
}

/**
 * The increase of a counter per second in each column of a grid, as a gauge with equal minimum and maximum,
 * ignoring increases after `at` (ms since the epoch).
 */
export function counterColumns(
  history: History,
  entity: string,
  { id }: Pick<Measure, "id">,
  grid: TimeGrid,
  at: number,
): BandColumns {
  const line = readColumns(history, entity, id, grid, 1, at);
  return { line, min: line, max: line, whole: wholeOf(line) };
}

/** The samples per column. The newest column is incomplete: it uses the last whole step up to now. */
function readColumns(
  history: History,
  entity: string,
  measure: string,
  { time, stepMs, newestFrom }: TimeGrid,
  samples: number,
  at: number,
  spread?: Spread,
): Float64Array {
  const past = (time.columns - 1) * samples;
  const apart = stepMs / samples;
  const values = new Float64Array(past + samples);
  const read = (to: number, points: number) =>
    history.series(entity, measure, { from: to - (points - 1) * apart, to, points, windowMs: apart }, spread);
  if (past > 0) values.set(read(newestFrom, past));
  values.set(read(at, samples), past);
  return values;
}

/** Fills short gaps with the preceding value. */
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

/** Downsamples `samples` values per column to one, separately between gaps. */
function shape(values: Float64Array, samples: number): Float64Array {
  const columns = new Float64Array(values.length / samples).fill(Number.NaN);
  let start = 0;
  for (let place = 0; place <= values.length; place++) {
    if (place < values.length && !Number.isNaN(values[place]!)) continue;
    if (place > start) {
      const first = Math.floor(start / samples);
      const count = Math.floor((place - 1) / samples) - first + 1;
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

function wholeOf(values: Float64Array): BandColumns["whole"] {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return { min: extreme(known, Math.min), mean, max: extreme(known, Math.max) };
}

function extreme(values: Float64Array, pick: (a: number, b: number) => number): number {
  let found = Number.NaN;
  for (const value of values) {
    if (!Number.isNaN(value)) found = Number.isNaN(found) ? value : pick(found, value);
  }
  return found;
}
