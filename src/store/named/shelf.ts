import type { Tier } from "../slots/tiers.ts";
import { type SlotLimit, slotBytes } from "./slot-columns.ts";

/** Each gauge or counter reaches back so many slots of a tier in any case. */
const LEAST_SLOTS = 60;
/** A gauge is the wider of the two. */
const WIDEST = 4;

/** What the gauges and counters of all services share: in which tiers they are kept, how far back memory allows. */
export class Shelf {
  /** The finest and the coarsest. */
  readonly tiers: readonly Tier[];
  private readonly limits: readonly SlotLimit[];
  private readonly bytes: number;
  private held = 0;

  /** @param bytes for all of them together */
  constructor(tiers: readonly Tier[], bytes: number) {
    this.tiers = tiers.length > 1 ? [tiers[0]!, tiers.at(-1)!] : tiers;
    this.limits = this.tiers.map(() => ({ slots: 0 }));
    this.bytes = bytes;
  }

  /** One more is kept: a ring of it for each tier, from fine to coarse. */
  add<Ring>(ring: (slotMs: number, limit: SlotLimit) => Ring): readonly Ring[] {
    this.changed(1);
    return this.tiers.map(({ slotMs }, nth) => ring(slotMs, this.limits[nth]!));
  }

  /** So many are kept no longer. */
  remove(count: number): void {
    this.changed(-count);
  }

  private changed(by: number): void {
    this.held += by;
    const share = this.bytes / this.tiers.length / Math.max(1, this.held) / slotBytes(WIDEST);
    this.tiers.forEach(({ slotMs, keepMs }, nth) => {
      this.limits[nth]!.slots = Math.min(
        Math.ceil(keepMs / slotMs),
        Math.max(LEAST_SLOTS, Math.floor(share)),
      );
    });
  }
}
