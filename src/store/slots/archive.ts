import type { ByteCount } from "../byte-count.ts";
import { RunningWindows } from "../windows/running-windows.ts";
import { ChunkBuilder } from "./chunk-builder.ts";
import { RollUp } from "./roll-up.ts";
import type { Scratch } from "./scratch.ts";
import type { SeriesTable } from "./series-table.ts";
import { SlotTier } from "./slot-tier.ts";
import { limitsOf, type StoreLimits, type Tier } from "./tiers.ts";

/** After so many empty slots of the coarsest tier everything before them has been merged into it. */
const SETTLED_AFTER = 3;

/** The closed slots of some series in all tiers. New slots go into the finest; the coarser are made of them. */
export class Archive {
  readonly tiers: readonly SlotTier[];
  readonly table: SeriesTable;
  readonly windows: RunningWindows;
  /** For the slot of the finest tier that is about to close; filled by the owner of the archive. */
  readonly builder: ChunkBuilder;
  private readonly rollUps: readonly RollUp[];
  private readonly scratch: Scratch;

  /** @param tiers from fine to coarse */
  constructor(
    tiers: readonly Tier[],
    limits: Pick<StoreLimits, "histogramBytes" | "rowBytes">,
    table: SeriesTable,
    scratch: Scratch,
    byteCount: ByteCount,
  ) {
    this.table = table;
    this.scratch = scratch;
    this.windows = new RunningWindows(byteCount);
    this.builder = new ChunkBuilder(byteCount);
    const each = limitsOf(tiers, limits);
    this.tiers = tiers.map((tier, nth) => new SlotTier(tier, tiers[0]!.slotMs, each[nth]!));
    this.rollUps = this.tiers
      .slice(1)
      .map((tier, nth) => new RollUp(this.tiers[nth]!, tier, new ChunkBuilder(byteCount)));
  }

  get bytes(): number {
    return this.tiers.reduce((sum, tier) => sum + tier.bytes, 0);
  }

  /** The slot that is about to close gets its rows through `builder`. */
  begin(slot: number): void {
    // Before the first slot there is nothing, in any tier.
    if (this.tiers[0]!.complete < 0) {
      for (const tier of this.tiers) tier.close(Math.floor((slot - 1) / tier.ratio), undefined);
    }
    this.builder.begin(slot, this.table.size);
  }

  /** The slot is over, and so are the empty ones after it, up to before `next`. */
  close(slot: number, next: number): void {
    const finest = this.tiers[0]!;
    finest.close(slot, this.builder.finish());
    this.rollUp();
    const ratio = this.tiers[1]?.ratio ?? next;
    const newest = next - 1;
    // After a sleep, one coarser slot at a time: what the finest tier is about to drop must be merged first.
    const merged = Math.min(newest, slot + SETTLED_AFTER * this.tiers.at(-1)!.ratio);
    for (let upTo = slot; upTo < merged; this.rollUp()) {
      upTo = Math.min(merged, (Math.floor(upTo / ratio) + 1) * ratio);
      finest.close(upTo, undefined);
    }
    // The rest is empty in all tiers, however long it is.
    if (merged === newest) return;
    for (const tier of this.tiers) tier.close(Math.floor(newest / tier.ratio), undefined);
  }

  private rollUp(): void {
    for (const each of this.rollUps) each.step(this.table, this.scratch);
  }
}
