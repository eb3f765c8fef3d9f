import type { WorstColumns, WorstQuery } from "../types.ts";
import type { Visit } from "./worst-tier.ts";

/**
 * Puts entries into the columns of a chart. An entry belongs to the column that contains its instant. A column
 * without an entry of its own gets that of a slot that is longer than the column and overlaps it, or of an
 * instant shortly before: the value was shown until the next one.
 */
export class ColumnFiller {
  readonly result: WorstColumns;
  private readonly query: WorstQuery;
  private readonly bornAt: number;
  /** -1 where low values are worse: entries are negated. */
  private readonly sign: 1 | -1;
  /** Length of the finest slots: no entry can be placed better. ms */
  private readonly finestMs: number;
  /** For columns without an entry of their own. */
  private readonly around: Float64Array;
  private readonly aroundSamples: Float64Array;
  private readonly aroundCoarse: Uint8Array;

  constructor(query: WorstQuery, bornAt: number, sign: 1 | -1, finestMs: number, keptSince: number) {
    const { columns } = query;
    this.query = query;
    this.bornAt = bornAt;
    this.sign = sign;
    this.finestMs = finestMs;
    const empty = () => new Float64Array(columns).fill(Number.NaN);
    this.result = { values: empty(), samples: empty(), blurred: new Uint8Array(columns), keptSince };
    this.around = empty();
    this.aroundSamples = empty();
    this.aroundCoarse = new Uint8Array(columns);
  }

  readonly take: Visit = (value, samples, at, start, end) => {
    const { from, stepMs, columns, until, holdMs } = this.query;
    // What another series left at this place, and what comes after the shown instant.
    if (at <= this.bornAt || at > until) return;
    const { values, samples: counts } = this.result;
    const own = Math.ceil((at - ROUNDING_MS - from) / stepMs) - 1;
    if (own >= 0 && own < columns) keep(values, counts, own, value, samples);
    const first = Math.max(0, Math.floor((start + ROUNDING_MS - from) / stepMs));
    const reach = Math.min(until, Math.max(end, at + holdMs));
    const last = Math.min(columns, Math.ceil((reach - ROUNDING_MS - from) / stepMs)) - 1;
    const coarse = end - start > this.finestMs ? 1 : 0;
    for (let column = first; column <= last; column++) {
      keep(this.around, this.aroundSamples, column, value, samples);
      this.aroundCoarse[column]! |= coarse;
    }
  };

  done(): WorstColumns {
    const { result, sign, around } = this;
    const { values, samples, blurred } = result;
    for (let column = 0; column < values.length; column++) {
      if (Number.isNaN(values[column])) {
        values[column] = around[column]!;
        samples[column] = this.aroundSamples[column]!;
        if (!Number.isNaN(around[column])) blurred[column] = this.aroundCoarse[column]!;
      }
      values[column] = sign * values[column]!;
    }
    return result;
  }
}

/** An instant that is the end of a column but for a rounding error does not belong to the next, ms. */
const ROUNDING_MS = 0.002;

function keep(values: Float64Array, counts: Float64Array, column: number, value: number, samples: number) {
  const worst = values[column]!;
  if (worst > value || (worst === value && counts[column]! >= samples)) return;
  values[column] = value;
  counts[column] = samples;
}
