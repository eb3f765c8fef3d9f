import type { ByteCount } from "../byte-count.ts";
import type { BucketSum } from "../histogram/bucket-sum.ts";
import { encodeCounts, MOST_BYTES } from "../histogram/slot-codec.ts";
import type { SparseCounts } from "../histogram/sparse-counts.ts";
import type { Totals } from "../histogram/totals.ts";
import type { OpenSlot } from "../recording/open-slot.ts";
import { COUNT, MAX, MIN, OFFSET, SlotChunk, SUM, VALUES, WHOLES } from "./slot-chunk.ts";

/** Room for so many places is kept in any case. */
const LEAST_TO_SHRINK = 64;

/** Puts together the chunks of one tier, in memory that is used again for the next. */
export class ChunkBuilder {
  private readonly byteCount: ByteCount;
  private slot = 0;
  private rows = 0;
  private places = 0;
  private length = 0;
  private values = new Float64Array(0);
  private wholes = new Uint32Array(0);
  private rowOf = new Uint32Array(0);
  private histograms = new Uint8Array(0);

  constructor(byteCount: ByteCount) {
    this.byteCount = byteCount;
  }

  /** @param places one more than the highest place of a series that may be added */
  begin(slot: number, places: number): void {
    this.slot = slot;
    this.rows = 0;
    this.places = places;
    this.length = 0;
    const room = this.rowOf.length;
    // Also after most series have gone: the memory is given back.
    if (places > room || (room > LEAST_TO_SHRINK && places * 4 < room))
      this.resize(Math.max(16, Math.ceil(places * 1.5)));
    this.rowOf.fill(0, 0, places);
  }

  /** The row of the series at a place; each at most once. */
  add(place: number, totals: Totals, sparse: SparseCounts): void {
    this.addRow(place, totals);
    this.length = encodeCounts(sparse, this.histograms, this.length);
  }

  /** As `add`, of what an open slot is closing: empties it, and adds its counts to `sum` (of all buckets) as well. */
  close(place: number, totals: Totals, open: OpenSlot, sum: Uint32Array): void {
    this.addRow(place, totals);
    this.length = open.drain(this.histograms, this.length, sum);
  }

  /** As `add`, of counts that were added up. Empties `sum`. */
  addSum(place: number, totals: Totals, sum: BucketSum): void {
    this.addRow(place, totals);
    this.length = sum.drain(this.histograms, this.length);
  }

  private addRow(place: number, totals: Totals): void {
    if (this.length + MOST_BYTES > this.histograms.length) this.lengthen();
    const { wholes, values } = this;
    const whole = this.rows * WHOLES;
    wholes[whole + COUNT] = totals.count;
    wholes[whole + OFFSET] = this.length;
    const value = this.rows * VALUES;
    values[value + SUM] = totals.sum;
    values[value + MIN] = totals.min;
    values[value + MAX] = totals.max;
    this.rows += 1;
    this.rowOf[place] = this.rows;
  }

  /** What was added since `begin`; undefined when that is nothing. */
  finish(): SlotChunk | undefined {
    const { rows } = this;
    if (rows === 0) return undefined;
    this.wholes[rows * WHOLES + OFFSET] = this.length;
    return new SlotChunk(
      this.slot,
      this.values.subarray(0, rows * VALUES),
      this.wholes.subarray(0, (rows + 1) * WHOLES),
      this.rowOf.subarray(0, this.places),
      this.histograms.subarray(0, this.length),
    );
  }

  private resize(places: number): void {
    const values = new Float64Array(places * VALUES);
    const wholes = new Uint32Array((places + 1) * WHOLES);
    const rowOf = new Uint32Array(places);
    const before = this.values.byteLength + this.wholes.byteLength + this.rowOf.byteLength;
    this.byteCount.bytes += values.byteLength + wholes.byteLength + rowOf.byteLength - before;
    this.values = values;
    this.wholes = wholes;
    this.rowOf = rowOf;
  }

  private lengthen(): void {
    const longer = new Uint8Array(Math.max(2 * MOST_BYTES, this.histograms.length * 2));
    longer.set(this.histograms.subarray(0, this.length));
    this.byteCount.bytes += longer.length - this.histograms.length;
    this.histograms = longer;
  }
}
