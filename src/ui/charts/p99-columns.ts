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

/** Of a column that is still filling up: the highest of the samples up to the `samples`th, which will not change. */
interface Begun {
  readonly step: number;
  readonly samples: number;
  readonly highest: number;
}

/** What is remembered of one line. */
interface Memo {
  settled?: Settled;
  begun?: Begun;
}

/** How a line is sampled: so many samples a column, so far apart, each over this window, ms. */
interface Sampling {
  readonly perColumn: number;
  readonly apartMs: number;
  readonly windowMs: number;
}

/** At most about so many samples are asked for, whatever the zoom. */
const MOST_SAMPLES = 5_760;
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
const memos = new WeakMap<History, Map<string, Memo>>();

/**
 * The p99 that is shown as a number, over time, one value a column, ms; NaN without requests. Each sample
 * speaks of the service's window that ends there, or of a longer one where samples lie farther apart: no
 * request falls between two. Each column has the highest of its samples, so that a spike survives any zoom.
 * What is settled is asked for once.
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
  const { time, stepMs, newest, newestFrom } = grid;
  const past = time.columns - 1;
  const first = newest - past;
  const memo = memoOf(history, JSON.stringify([name, service?.source, windowMs, stepMs, past]));
  const sampling = samplingOf(windowMs, stepMs, time.columns);
  const sample = (from: number, points: number) => samples(history, name, sampling, from, points);
  const known = memo.settled;
  const values = new Float64Array(time.columns);
  const ask = (from: number, to: number) => {
    const columns = to - from + 1;
    if (columns < 1) return;
    const { max } = minMaxPerColumn(sample((from - 1) * stepMs, columns * sampling.perColumn), columns);
    values.set(max, from - first);
  };
  if (known === undefined || known.first >= newest || known.last < first) ask(first, newest - 1);
  else {
    const from = Math.max(first, known.first);
    const to = Math.min(newest - 1, known.last);
    ask(first, from - 1);
    values.set(known.values.subarray(from - known.first, to + 1 - known.first), from - first);
    ask(to + 1, newest - 1);
  }
  const settledAt = live.at - SETTLED_AFTER_MS;
  const settled = Math.min(newest - 1, Math.floor(settledAt / stepMs));
  if (settled >= first) memo.settled = { first, last: settled, values: values.slice(0, past) };

  // The newest column is still filling up: it says at least what the number in the table says, and nothing of later.
  const due = (until: number) => Math.max(0, Math.floor((until - newestFrom) / sampling.apartMs));
  const lasting = due(Math.min(at, settledAt));
  const begun = memo.begun?.step === newest && memo.begun.samples <= lasting ? memo.begun : NOT_BEGUN;
  const highest = highestOf(
    begun.highest,
    sample(newestFrom + begun.samples * sampling.apartMs, lasting - begun.samples),
  );
  memo.begun = { step: newest, samples: lasting, highest };
  const rest = highestOf(highest, sample(newestFrom + lasting * sampling.apartMs, due(at) - lasting));
  values[past] = requestCount > 0 ? highestOf(rest, [p99]) : rest;
  return values;
}

const NOT_BEGUN: Begun = { step: Number.NaN, samples: 0, highest: Number.NaN };

function samplingOf(windowMs: number, stepMs: number, columns: number): Sampling {
  const most = Math.floor(MOST_SAMPLES / columns);
  const perColumn = Math.max(1, Math.min(most, Math.ceil(stepMs / windowMs)));
  const apartMs = stepMs / perColumn;
  return { perColumn, apartMs, windowMs: Math.max(windowMs, apartMs) };
}

/** So many samples after `from`, the first one distance later. */
function samples(
  history: History,
  name: string,
  { apartMs, windowMs }: Sampling,
  from: number,
  points: number,
): Float64Array {
  if (points < 1) return new Float64Array(0);
  const to = from + points * apartMs - HAIR_MS;
  return history.series(name, { metric: "p99", from: from + apartMs - HAIR_MS, to, points, windowMs });
}

/** NaN where nothing is known. */
function highestOf(highest: number, values: ArrayLike<number>): number {
  let found = highest;
  for (let nth = 0; nth < values.length; nth++) {
    // Comparisons with NaN are false: the first that is known gets in, and what is not known never does.
    if (!(values[nth]! <= found) && !Number.isNaN(values[nth]!)) found = values[nth]!;
  }
  return found;
}

/** What is remembered of a line, which now is the latest used. */
function memoOf(history: History, key: string): Memo {
  const lines = memos.get(history) ?? new Map<string, Memo>();
  const memo = lines.get(key) ?? {};
  lines.delete(key);
  lines.set(key, memo);
  if (lines.size > MOST_LINES) lines.delete(lines.keys().next().value!);
  memos.set(history, lines);
  return memo;
}
