import { FLEET, type ServiceSnapshot, type Snapshot } from "../../monitor/types.ts";
import type { View } from "../view.ts";
import { minMaxPerColumn } from "./downsample.ts";
import type { TimeGrid } from "./time-grid.ts";

type History = Snapshot["history"];

/** Columns `first` to `last` (steps since the epoch) that will not change any more. */
interface Settled {
  readonly first: number;
  readonly last: number;
  readonly values: Float64Array;
}

/** At most so many samples are asked for, whatever the zoom. */
const MOST_SAMPLES = 1_440;
/** Seconds are closed by then, and a closed one never changes. */
const SETTLED_AFTER_MS = 2000;
/** So many lines are remembered: those of a few charts, on more than one screen. */
const MOST_LINES = 32;

/**
 * Samples lie so far before the ends of their steps. Many steps end exactly where a second does, and an error of
 * rounding, different in every query, must not carry a sample over into the next second.
 */
const HAIR_MS = 0.5;

/** For each store the lines drawn last, the latest used last. */
const memos = new WeakMap<History, Map<string, Settled>>();

/**
 * The p99 that is shown as a number, over time, one value a column, ms; NaN without requests. Each sample
 * speaks of the service's window that ends there, and each column has the highest of its samples, so that a
 * spike survives any zoom. What is settled is asked for once.
 * @param service undefined for the whole fleet
 */
export function p99Columns(
  { snapshot, live }: View,
  service: ServiceSnapshot | undefined,
  grid: TimeGrid,
): Float64Array {
  const { at, history } = snapshot;
  const name = service?.name ?? FLEET;
  const { windowMs, requestCount, p99 } = service?.stats ?? history.stats(FLEET, snapshot.windowMs, at);
  const { time, stepMs, newest } = grid;
  const past = time.columns - 1;
  const first = newest - past;
  const key = JSON.stringify([name, service?.source, windowMs, stepMs, past]);
  const known = memos.get(history)?.get(key);
  const values = new Float64Array(time.columns);
  const ask = (from: number, to: number) => {
    if (to >= from) values.set(highest(history, name, windowMs, stepMs, from, to, past), from - first);
  };
  if (known === undefined || known.first >= newest || known.last < first) ask(first, newest - 1);
  else {
    const from = Math.max(first, known.first);
    const to = Math.min(newest - 1, known.last);
    ask(first, from - 1);
    values.set(known.values.subarray(from - known.first, to + 1 - known.first), from - first);
    ask(to + 1, newest - 1);
  }
  const settled = Math.min(newest - 1, Math.floor((live.at - SETTLED_AFTER_MS) / stepMs));
  if (settled >= first) remember(history, key, { first, last: settled, values: values.slice(0, past) });
  // The newest column is still filling up: it says what the number in the table says, and nothing of later.
  values[past] = requestCount > 0 ? p99 : Number.NaN;
  return values;
}

/** The highest p99 in each step from the `from`th to the `to`th since the epoch. */
function highest(
  history: History,
  name: string,
  windowMs: number,
  stepMs: number,
  from: number,
  to: number,
  columns: number,
): Float64Array {
  const perColumn = Math.max(1, Math.min(Math.floor(MOST_SAMPLES / columns), Math.ceil(stepMs / windowMs)));
  const steps = to - from + 1;
  const samples = history.series(name, {
    metric: "p99",
    from: (from - 1) * stepMs + stepMs / perColumn - HAIR_MS,
    to: to * stepMs - HAIR_MS,
    points: steps * perColumn,
    windowMs,
  });
  return minMaxPerColumn(samples, steps).max;
}

function remember(history: History, key: string, settled: Settled): void {
  const lines = memos.get(history) ?? new Map<string, Settled>();
  lines.delete(key);
  lines.set(key, settled);
  if (lines.size > MOST_LINES) lines.delete(lines.keys().next().value!);
  memos.set(history, lines);
}
