import type { SlotChunk } from "./slot-chunk.ts";
import type { Tier, TierLimit } from "./tiers.ts";

/** The closed slots of all series at one resolution, found by their numbers. The oldest go. */
export class SlotTier {
  readonly slotMs: number;
  /** How many slots of the finest tier make one of its own. */
  readonly ratio: number;
  /** Slots before this number are gone. */
  first = 0;
  /** The newest slot that is complete; -1 before there is one. */
  complete = -1;
  /** Of slots before this number the histograms are gone. */
  lostBefore = 0;
  private readonly ring: (SlotChunk | undefined)[];
  private readonly limit: TierLimit;
  private rowBytes = 0;
  private histogramBytes = 0;

  constructor(tier: Tier, finestMs: number, limit: TierLimit) {
    this.slotMs = tier.slotMs;
    this.ratio = tier.slotMs / finestMs;
    // Two more than asked for: a window may begin and end within a slot.
    this.ring = new Array(Math.ceil(tier.keepMs / tier.slotMs) + 2).fill(undefined);
    this.limit = limit;
  }

  get bytes(): number {
    return this.rowBytes + this.histogramBytes;
  }

  /** The chunk of a slot; undefined where nothing was recorded, or it is no longer kept. */
  at(slot: number): SlotChunk | undefined {
    return slot < this.first || slot > this.complete ? undefined : this.ring[slot % this.ring.length];
  }

  /** Slots up to `slot` are complete; `chunk` is the newest of them, those before it are empty. */
  close(slot: number, chunk: SlotChunk | undefined): void {
    this.dropBefore(slot - this.ring.length + 1);
    this.complete = slot;
    if (chunk === undefined) return;
    this.ring[chunk.slot % this.ring.length] = chunk;
    this.rowBytes += chunk.rowBytes;
    this.histogramBytes += chunk.histogramBytes;
    const { histogramBytes, rowBytes, leastSlots } = this.limit;
    while (this.histogramBytes > histogramBytes) this.loseOldestHistograms();
    while (this.rowBytes > rowBytes && this.first <= slot - leastSlots) this.dropBefore(this.first + 1);
  }

  private dropBefore(slot: number): void {
    // No more steps than the ring has places: after a long sleep all of them are out of date.
    const from = Math.max(this.first, slot - this.ring.length);
    for (let old = from; old < slot; old++) {
      const place = old % this.ring.length;
      const chunk = this.ring[place];
      if (chunk === undefined) continue;
      this.rowBytes -= chunk.rowBytes;
      this.histogramBytes -= chunk.histogramBytes;
      this.ring[place] = undefined;
    }
    this.first = Math.max(this.first, slot);
  }

  private loseOldestHistograms(): void {
    const slot = Math.max(this.lostBefore, this.first);
    const chunk = this.at(slot);
    this.lostBefore = slot + 1;
    if (chunk === undefined) return;
    this.histogramBytes -= chunk.histogramBytes;
    chunk.dropHistograms();
  }
}
