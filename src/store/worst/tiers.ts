import type { Tier } from "../slots/tiers.ts";

/**
 * How long the worst published values are kept, from fine to coarse. Slots are at most 65 s long: the instant
 * of a value is kept as ms before the end of its slot, in 16 bits.
 */
export const WORST_TIERS: readonly Tier[] = [
  { slotMs: 1000, keepMs: 3_600_000 },
  { slotMs: 10_000, keepMs: 6 * 3_600_000 },
  { slotMs: 60_000, keepMs: 48 * 3_600_000 },
];

/** How long the value of each tick is kept: so long a past screen is exactly the one that was shown, ms. */
const EACH_KEPT_MS = 15 * 60_000;

/**
 * The tiers for values that are published more often than once a second. A slot keeps one value: where it has several
 * ticks, a screen that is paused between them would lose its newest value to a worse one of the rest of the slot.
 * @param finestMs the finest slots of the store, which divide the tick, ms
 */
export function worstTiersFor(finestMs: number): readonly Tier[] {
  const isFiner = finestMs < WORST_TIERS[0]!.slotMs;
  return isFiner ? [{ slotMs: finestMs, keepMs: EACH_KEPT_MS }, ...WORST_TIERS] : WORST_TIERS;
}

/** A value, its number of samples and its instant. */
export const ENTRY_BYTES = 8 + 2 + 2;

/**
 * The slots of each tier that `series` series can keep in `bytes`: an equal share for each tier, and what a finer
 * one does not need for the coarser ones. At least as many as the coarsest slot is made of: what leaves a tier
 * must be in a coarser one by then.
 */
export function worstSlots(tiers: readonly Tier[], bytes: number, series: number): number[] {
  let left = bytes;
  return tiers.map(({ slotMs, keepMs }, nth) => {
    const share = left / (tiers.length - nth) / (Math.max(1, series) * ENTRY_BYTES);
    const least = Math.ceil(tiers.at(-1)!.slotMs / slotMs) + 2;
    const slots = Math.min(Math.ceil(keepMs / slotMs) + 1, Math.max(least, Math.floor(share)));
    left = Math.max(0, left - slots * series * ENTRY_BYTES);
    return slots;
  });
}
