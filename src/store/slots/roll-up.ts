import type { ChunkBuilder } from "./chunk-builder.ts";
import type { Scratch } from "./scratch.ts";
import type { SeriesTable } from "./series-table.ts";
import type { SlotChunk } from "./slot-chunk.ts";
import type { SlotTier } from "./slot-tier.ts";

/** A coarse slot is made within this share of its own length, so that the next does not find it unfinished. */
const SHARE_OF_SLOT = 0.9;

/**
 * Makes slots of a coarser tier from complete ones of a finer. At each step it does so for a part of the
 * series only: no tick pays for all of them.
 */
export class RollUp {
  private readonly finer: SlotTier;
  private readonly coarser: SlotTier;
  private readonly builder: ChunkBuilder;
  /** Slots of the finer tier in one of the coarser. */
  private readonly ratio: number;
  private readonly steps: number;
  /** The slot that is being made, and of what; -1: none is. */
  private slot = -1;
  private parts: SlotChunk[] = [];
  private next = 0;
  private end = 0;

  constructor(finer: SlotTier, coarser: SlotTier, builder: ChunkBuilder) {
    this.finer = finer;
    this.coarser = coarser;
    this.builder = builder;
    this.ratio = coarser.ratio / finer.ratio;
    this.steps = Math.max(1, Math.floor(coarser.ratio * SHARE_OF_SLOT));
  }

  /** To be called once for each slot of the finest tier that was closed, after the finer tier's own. */
  step(table: SeriesTable, scratch: Scratch): void {
    for (;;) {
      const newest = Math.floor(this.finer.complete / this.ratio);
      if (this.slot < 0 && !this.begin(newest, table)) return;
      // More than one is waiting: the machine slept, or `advance` was not called for long.
      const behind = newest > this.slot;
      const part = behind ? this.end : Math.ceil(this.end / this.steps);
      const until = Math.min(this.end, this.next + part);
      for (; this.next < until; this.next++) this.merge(this.next, table, scratch);
      if (this.next < this.end) return;
      this.coarser.close(this.slot, this.builder.finish());
      this.slot = -1;
      if (!behind) return;
    }
  }

  /** @returns whether there is a complete slot to be made in which something happened. */
  private begin(newest: number, table: SeriesTable): boolean {
    while (this.coarser.complete < newest) {
      const slot = this.coarser.complete + 1;
      this.parts = [];
      for (let n = (slot - 1) * this.ratio + 1; n <= slot * this.ratio; n++) {
        const chunk = this.finer.at(n);
        if (chunk !== undefined) this.parts.push(chunk);
      }
      if (this.parts.length > 0) {
        this.slot = slot;
        this.next = 0;
        this.end = table.size;
        this.builder.begin(slot, this.end);
        return true;
      }
      this.coarser.close(slot, undefined);
    }
    return false;
  }

  private merge(place: number, table: SeriesTable, scratch: Scratch): void {
    const series = table.at(place);
    if (series === undefined) return;
    const { totals, sum } = scratch;
    const born = Math.ceil(series.born / this.finer.ratio);
    let found = false;
    for (const part of this.parts) {
      if (part.slot < born || !part.has(place)) continue;
      if (!found) {
        totals.clear();
        found = true;
      }
      part.sum(place, totals, sum);
    }
    if (found) this.builder.addSum(place, totals, sum);
  }
}
