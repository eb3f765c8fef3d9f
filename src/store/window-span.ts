import type { SlotClock } from "./slot-clock.ts";
import type { SlotHistory } from "./slot-history.ts";

/**
 * Which closed slots answer for a window. Slots are counted in the finest tier's numbers unless said otherwise.
 */
export interface WindowSpan {
  /** The tier that answers, and from < slot <= to in that tier's own numbers. */
  readonly tier: number;
  readonly from: number;
  readonly to: number;
  /** Where a coarse tier answers: the slots after its last complete one, from the finest tier (exclusive, inclusive). */
  readonly restFrom: number;
  readonly restTo: number;
  /** Whether the open slot is within the window. */
  readonly open: boolean;
  /** What the slots cover, ms since the epoch. */
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Every slot that touches (at - windowMs, at] counts as a whole, from the finest tier that reaches back far
 * enough. So nothing within the window is ever missed, and at most a part of a slot at each end is more
 * than was asked for.
 */
export function windowSpan(
  clock: SlotClock,
  history: SlotHistory,
  keepSlots: readonly number[],
  windowMs: number,
  at: number,
): WindowSpan {
  const last = clock.slotOf(at);
  const before = Math.min(last - 1, Math.floor((at - windowMs) / clock.slotMs));
  const open = before < clock.slot && clock.slot <= last;

  let tier = 0;
  while (tier < keepSlots.length - 1 && before < clock.slot - keepSlots[tier]! - 2) tier += 1;
  if (tier === 0) {
    const fromMs = before * clock.slotMs;
    return {
      tier,
      from: before,
      to: last,
      restFrom: last,
      restTo: last,
      open,
      fromMs,
      toMs: last * clock.slotMs,
    };
  }
  const ratio = history.ratios[tier]!;
  const from = Math.floor(before / ratio);
  // While the finest tier still has the end of the window, it tells that end exactly.
  const fine = last - ratio >= clock.slot - keepSlots[0]!;
  const whole = fine ? Math.min(Math.floor(last / ratio), history.completeIn(tier)) : Math.ceil(last / ratio);
  const to = Math.max(from, whole);
  const restFrom = to * ratio;
  const restTo = fine ? last : restFrom;
  return {
    tier,
    from,
    to,
    restFrom,
    restTo,
    open,
    fromMs: from * ratio * clock.slotMs,
    toMs: Math.max(restFrom, restTo) * clock.slotMs,
  };
}
