import type { SlotClock } from "../recording/slot-clock.ts";
import type { Archive } from "../slots/archive.ts";
import type { SlotTier } from "../slots/slot-tier.ts";

/**
 * Which closed slots answer for a window: whole ones, none of which ended after the instant. Slots are counted in
 * the finest tier's numbers unless said otherwise.
 */
export interface WindowSpan {
  /** The tier that answers, and from < slot <= to in that tier's own numbers. */
  readonly tier: number;
  readonly from: number;
  readonly to: number;
  /** Where a coarse tier answers: the slots after its last complete one, from the finest tier (exclusive, inclusive). */
  readonly restFrom: number;
  readonly restTo: number;
  /** All that is covered, in slots of the finest tier (exclusive, inclusive), and in ms since the epoch. */
  readonly first: number;
  readonly last: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** How far back gauges and counters are kept, see RetentionBudget. */
export interface ScalarReach {
  /** Of the tier with this place, slots before this number may be gone for some of them. */
  firstOf(tier: number): number;
}

/** A window of so many slots of a coarser tier may be read from that tier for the sake of its percentiles. */
const COARSE_PER_WINDOW = 6;

/** Charts ask for instants that are computed: an error of rounding must not cost a slot, ms. */
const ROUNDING_MS = 1e-3;

/**
 * The window ends with the last whole slot that ended by `at`, and begins with the slot that holds its first
 * instant, so that windows side by side have neither gap nor overlap; it has one slot at least. When both are slot
 * boundaries it covers exactly what was asked for. The finest tier that reaches back far enough answers. So the
 * same question has the same answer until a slot of it is dropped, and nothing comes from after the instant.
 * Histograms, counters and gauges use the same spans, so that ratios of them agree.
 */
export function windowSpan(
  { slotMs, over }: SlotClock,
  { tiers }: Archive,
  scalars: ScalarReach,
  windowMs: number,
  at: number,
): WindowSpan {
  const asked = Math.floor((at + ROUNDING_MS) / slotMs);
  const before = Math.min(asked - 1, Math.floor((at - windowMs + ROUNDING_MS) / slotMs));
  // What lies in the future is empty.
  const last = Math.max(before, Math.min(asked, over));
  // Before the first slot has closed there is nothing, in any tier.
  const wholeOf = ({ ratio, complete }: SlotTier) =>
    Math.min(Math.floor(last / ratio), complete < 0 ? last : complete);
  const fromOf = (one: SlotTier) =>
    one.ratio === 1 ? before : Math.min(Math.floor(before / one.ratio), wholeOf(one) - 1);
  const reaches = (nth: number) =>
    fromOf(tiers[nth]!) >= Math.max(tiers[nth]!.first, scalars.firstOf(nth)) - 1;
  // Where the distributions have gone first, a coarser tier may have them, and hardly blurs a long window.
  const isShort = (nth: number) =>
    fromOf(tiers[nth]!) < tiers[nth]!.lostBefore - 1 &&
    tiers[nth + 1]!.slotMs * COARSE_PER_WINDOW <= windowMs;
  let tier = 0;
  while (tier < tiers.length - 1 && (!reaches(tier) || isShort(tier))) tier += 1;
  if (tier === 0) {
    return {
      tier,
      from: before,
      to: last,
      restFrom: last,
      restTo: last,
      first: before,
      last,
      fromMs: before * slotMs,
      toMs: last * slotMs,
    };
  }
  const { ratio } = tiers[tier]!;
  const whole = wholeOf(tiers[tier]!);
  const from = fromOf(tiers[tier]!);
  // While the finest tier still has the end of the window, it gives that end exactly.
  const restFrom = whole * ratio;
  const fine = restFrom >= Math.max(tiers[0]!.first, scalars.firstOf(0)) - 1;
  const end = fine ? Math.max(restFrom, last) : restFrom;
  return {
    tier,
    from,
    to: whole,
    restFrom,
    restTo: end,
    first: from * ratio,
    last: end,
    fromMs: from * ratio * slotMs,
    toMs: end * slotMs,
  };
}
