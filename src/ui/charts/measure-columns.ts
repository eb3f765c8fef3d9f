import type { Measure } from "../../core/measure.ts";
import { type EntitySnapshot, FLEET, type History } from "../../monitor/types.ts";
import type { View } from "../view.ts";
import { minMaxPerColumn } from "./downsample.ts";
import type { TimeGrid } from "./time-grid.ts";

/** Columns `first` to `last` (steps since the epoch) that will not change any more. */
interface Settled {
  readonly first: number;
  readonly last: number;
  readonly values: Float64Array;
}

/** Of a column that is still filling up: the worst of the samples up to the `samples`th, which will not change. */
interface Begun {
  readonly step: number;
  readonly samples: number;
  readonly worst: number;
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
/**
 * Samples lie so far before the ends of their steps. Many steps end exactly where a second does, and an error of
 * rounding, different in every query, must not carry a sample over into the next second.
 */
const HAIR_MS = 0.5;

/**
 * A measure as it is shown as a number, over time, one value a column; NaN where it is not known. Each sample
 * covers the entity's window that ends there, or a longer one where samples lie farther apart: nothing falls
 * between two. Each column has the worst of its samples (the highest, where neither direction is worse), so
 * that a spike survives any zoom. What is settled is read once.
 * @param entity undefined for the whole fleet
 */
export function measureColumns(
  { snapshot, live, history, memory }: View,
  entity: EntitySnapshot | undefined,
  measure: Measure,
  grid: TimeGrid,
): Float64Array {
  const { at } = snapshot;
  const name = entity?.name ?? FLEET;
  const windowMs = entity?.windowMs ?? snapshot.windowMs;
  const current = entity?.values[measure.id] ?? history.value(name, measure.id, windowMs, at);
  const { time, stepMs, newest, newestFrom } = grid;
  const past = time.columns - 1;
  const first = newest - past;
  const key = JSON.stringify(["values", measure.id, entity?.origin, windowMs, stepMs, past]);
  const memo = memory.remember(name, history.generation(name), key, (): Memo => ({}));
  const sampling = samplingOf(windowMs, stepMs, time.columns);
  const sample = (from: number, points: number) => samples(history, name, measure, sampling, from, points);
  const known = memo.settled;
  const values = new Float64Array(time.columns);
  const ask = (from: number, to: number) => {
    const columns = to - from + 1;
    if (columns < 1) return;
    const { min, max } = minMaxPerColumn(sample((from - 1) * stepMs, columns * sampling.perColumn), columns);
    values.set(measure.worse === "down" ? min : max, from - first);
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

  // The newest column is still filling up: it shows at least what the number in the table does, and nothing later.
  const due = (until: number) => Math.max(0, Math.floor((until - newestFrom) / sampling.apartMs));
  const lasting = due(Math.min(at, settledAt));
  const begun = memo.begun?.step === newest && memo.begun.samples <= lasting ? memo.begun : NOT_BEGUN;
  const worst = worstOf(
    measure,
    begun.worst,
    sample(newestFrom + begun.samples * sampling.apartMs, lasting - begun.samples),
  );
  memo.begun = { step: newest, samples: lasting, worst };
  const rest = worstOf(measure, worst, sample(newestFrom + lasting * sampling.apartMs, due(at) - lasting));
  values[past] = worstOf(measure, rest, [current]);
  return values;
}

const NOT_BEGUN: Begun = { step: Number.NaN, samples: 0, worst: Number.NaN };

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
  measure: Measure,
  { apartMs, windowMs }: Sampling,
  from: number,
  points: number,
): Float64Array {
  if (points < 1) return new Float64Array(0);
  const to = from + points * apartMs - HAIR_MS;
  return history.series(name, measure.id, { from: from + apartMs - HAIR_MS, to, points, windowMs });
}

/** NaN where nothing is known. */
function worstOf({ worse }: Measure, worst: number, values: ArrayLike<number>): number {
  let found = worst;
  for (let nth = 0; nth < values.length; nth++) {
    const value = values[nth]!;
    const isWorse = worse === "down" ? value < found : value > found;
    if (isWorse || Number.isNaN(found)) found = value;
  }
  return found;
}
