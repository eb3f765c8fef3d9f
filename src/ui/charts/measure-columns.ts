import type { Measure } from "../../core/measure.ts";
import { type EntitySnapshot, FLEET, type History } from "../../monitor/types.ts";
import type { View } from "../view.ts";
import { minMaxPerColumn } from "./downsample.ts";
import type { TimeGrid } from "./time-grid.ts";

/** The final columns, `first` to `last` (steps since the epoch). */
interface Settled {
  readonly first: number;
  readonly last: number;
  readonly values: Float64Array;
}

/** For the incomplete newest column: the worst of its first `samples` samples, which are final. */
interface PartialColumn {
  readonly step: number;
  readonly samples: number;
  readonly worst: number;
}

/** The cached values of one line. */
interface Memo {
  settled?: Settled;
  partial?: PartialColumn;
}

/** How a line is sampled: samples per column, their distance, and the window of each, ms. */
interface Sampling {
  readonly perColumn: number;
  readonly apartMs: number;
  readonly windowMs: number;
}

/** The approximate maximum number of samples per query, at any zoom. */
const MAX_SAMPLES = 5_760;
/** After this time seconds are closed and do not change. */
const SETTLED_AFTER_MS = 2000;
/**
 * Samples are taken this long before the ends of their steps. Many steps end exactly with a second, and
 * rounding errors, which differ between queries, must not move a sample into the next second.
 */
const SAMPLE_OFFSET_MS = 0.5;

/**
 * A measure over time, one value per column; NaN where it is unknown. Each sample covers the entity's window
 * that ends there, or a longer one if samples are farther apart, so no value is missed. Each column shows
 * its worst sample (the highest if neither direction is worse), so that a spike stays visible at any zoom.
 * Final values are read once.
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

  // The newest column is incomplete: it includes the value in the table, and nothing later.
  const due = (until: number) => Math.max(0, Math.floor((until - newestFrom) / sampling.apartMs));
  const lasting = due(Math.min(at, settledAt));
  const partial =
    memo.partial?.step === newest && memo.partial.samples <= lasting ? memo.partial : NO_PARTIAL;
  const worst = worstOf(
    measure,
    partial.worst,
    sample(newestFrom + partial.samples * sampling.apartMs, lasting - partial.samples),
  );
  memo.partial = { step: newest, samples: lasting, worst };
  const rest = worstOf(measure, worst, sample(newestFrom + lasting * sampling.apartMs, due(at) - lasting));
  values[past] = worstOf(measure, rest, [current]);
  return values;
}

const NO_PARTIAL: PartialColumn = { step: Number.NaN, samples: 0, worst: Number.NaN };

function samplingOf(windowMs: number, stepMs: number, columns: number): Sampling {
  const most = Math.floor(MAX_SAMPLES / columns);
  const perColumn = Math.max(1, Math.min(most, Math.ceil(stepMs / windowMs)));
  const apartMs = stepMs / perColumn;
  return { perColumn, apartMs, windowMs: Math.max(windowMs, apartMs) };
}

/** Reads samples after `from`, the first one distance later. */
function samples(
  history: History,
  name: string,
  measure: Measure,
  { apartMs, windowMs }: Sampling,
  from: number,
  points: number,
): Float64Array {
  if (points < 1) return new Float64Array(0);
  const to = from + points * apartMs - SAMPLE_OFFSET_MS;
  return history.series(name, measure.id, { from: from + apartMs - SAMPLE_OFFSET_MS, to, points, windowMs });
}

/** NaN without data. */
function worstOf({ worse }: Measure, worst: number, values: ArrayLike<number>): number {
  let found = worst;
  for (let nth = 0; nth < values.length; nth++) {
    const value = values[nth]!;
    const isWorse = worse === "down" ? value < found : value > found;
    if (isWorse || Number.isNaN(found)) found = value;
  }
  return found;
}
