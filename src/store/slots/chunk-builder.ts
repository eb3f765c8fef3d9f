import { encodeCounts, MOST_BYTES } from "../histogram/slot-codec.ts";
import type { SparseCounts } from "../histogram/sparse-counts.ts";
import type { Totals } from "../histogram/totals.ts";
import type { Ledger } from "../ledger.ts";
import {
  CHECKS,
  ERRORS,
  FAILED_CHECKS,
  LATENCIES,
  MAX,
  MIN,
  OFFSET,
  REQUESTS,
  SlotChunk,
  SUM,
  WHOLES,
} from "./slot-chunk.ts";

/** Puts together the chunks of one tier, in memory that is used again for the next. */
export class ChunkBuilder {
  private readonly ledger: Ledger;
  private slot = 0;
  private rows = 0;
  private series = 0;
  private length = 0;
  private latencies = new Float64Array(0);
  private wholes = new Uint32Array(0);
  private rowOf = new Uint32Array(0);
  private histograms = new Uint8Array(0);

  constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  /** @param series one more than the highest number of a series that may be added */
  begin(slot: number, series: number): void {
    this.slot = slot;
    this.rows = 0;
    this.series = series;
    this.length = 0;
    if (series > this.rowOf.length) this.widen(Math.max(16, Math.ceil(series * 1.5)));
    this.rowOf.fill(0, 0, series);
  }

  /** The row of a series; each at most once. */
  add(series: number, totals: Totals, sparse: SparseCounts): void {
    if (this.length + MOST_BYTES > this.histograms.length) this.lengthen();
    const { wholes, latencies } = this;
    const whole = this.rows * WHOLES;
    wholes[whole + REQUESTS] = totals.requests;
    wholes[whole + ERRORS] = totals.errors;
    wholes[whole + CHECKS] = totals.checks;
    wholes[whole + FAILED_CHECKS] = totals.failedChecks;
    wholes[whole + OFFSET] = this.length;
    const latency = this.rows * LATENCIES;
    latencies[latency + SUM] = totals.sum;
    latencies[latency + MIN] = totals.min;
    latencies[latency + MAX] = totals.max;
    this.length = encodeCounts(sparse, this.histograms, this.length);
    this.rows += 1;
    this.rowOf[series] = this.rows;
  }

  /** What was added since `begin`; undefined when that is nothing. */
  finish(): SlotChunk | undefined {
    const { rows } = this;
    if (rows === 0) return undefined;
    this.wholes[rows * WHOLES + OFFSET] = this.length;
    return new SlotChunk(
      this.slot,
      this.latencies.subarray(0, rows * LATENCIES),
      this.wholes.subarray(0, (rows + 1) * WHOLES),
      this.rowOf.subarray(0, this.series),
      this.histograms.subarray(0, this.length),
    );
  }

  private widen(series: number): void {
    const latencies = new Float64Array(series * LATENCIES);
    const wholes = new Uint32Array((series + 1) * WHOLES);
    const rowOf = new Uint32Array(series);
    const before = this.latencies.byteLength + this.wholes.byteLength + this.rowOf.byteLength;
    this.ledger.bytes += latencies.byteLength + wholes.byteLength + rowOf.byteLength - before;
    this.latencies = latencies;
    this.wholes = wholes;
    this.rowOf = rowOf;
  }

  private lengthen(): void {
    const longer = new Uint8Array(Math.max(2 * MOST_BYTES, this.histograms.length * 2));
    longer.set(this.histograms.subarray(0, this.length));
    this.ledger.bytes += longer.length - this.histograms.length;
    this.histograms = longer;
  }
}
