import type { SlotClock } from "../recording/slot-clock.ts";
import type { Tier } from "../slots/tiers.ts";
import type { ScalarReach } from "../windows/window-span.ts";
import { type SlotLimit, slotBytes } from "./slot-columns.ts";

/** Each gauge or counter reaches back so many slots of a tier in any case, and so long. */
const LEAST_SLOTS = 64;
const LEAST_MS = 64_000;

/** How far back the gauges and counters of all entities may reach, for they share the memory. */
export class RetentionBudget implements ScalarReach {
  readonly tiers: readonly Tier[];
  private readonly limits: readonly SlotLimit[];
  private readonly bytes: number;
  private readonly clock: Pick<SlotClock, "slot">;
  /** Of each tier: slots before this number were given up when the limit was lower than now. */
  private readonly gone: number[];
  /** What one slot of every ring takes, bytes. */
  private slotOfAll = 0;

  /** @param bytes for all of them together */
  constructor(tiers: readonly Tier[], bytes: number, clock: Pick<SlotClock, "slot">) {
    this.tiers = tiers;
    this.limits = tiers.map(() => ({ slots: 0 }));
    this.gone = tiers.map(() => 0);
    this.bytes = bytes;
    this.clock = clock;
  }

  /** The same for all of them, so that what is read together covers the same time. */
  firstOf(tier: number): number {
    if (this.slotOfAll === 0) return this.gone[tier]!;
    const open = Math.ceil((this.clock.slot * this.tiers[0]!.slotMs) / this.tiers[tier]!.slotMs);
    return Math.max(this.gone[tier]!, open - this.limits[tier]!.slots);
  }

  /**
   * One more series with `width` values a slot is kept.
   * @param ring makes its ring for a tier; `ratio` finest slots make one of that tier
   * @returns its rings, from fine to coarse
   */
  add<Ring>(width: number, ring: (ratio: number, limit: SlotLimit) => Ring): readonly Ring[] {
    this.changed(slotBytes(width));
    return this.tiers.map(({ slotMs }, nth) => ring(slotMs / this.tiers[0]!.slotMs, this.limits[nth]!));
  }

  /** A series of that width is no longer kept. */
  remove(width: number): void {
    this.changed(-slotBytes(width));
  }

  private changed(by: number): void {
    this.gone.forEach((_, nth) => {
      this.gone[nth] = this.firstOf(nth);
    });
    this.slotOfAll += by;
    const share = this.bytes / this.tiers.length / Math.max(1, this.slotOfAll);
    this.tiers.forEach(({ slotMs, keepMs }, nth) => {
      this.limits[nth]!.slots = Math.min(
        // Two more than asked for, as in SlotTier: a window may begin and end within a slot.
        Math.ceil(keepMs / slotMs) + 2,
        Math.max(LEAST_SLOTS, LEAST_MS / slotMs, Math.floor(share)),
      );
    });
  }
}
