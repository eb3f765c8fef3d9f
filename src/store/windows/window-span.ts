import type { SlotClock } from "../recording/slot-clock.ts";
import type { Archive } from "../slots/archive.ts";

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
export function windowSpan(clock: SlotClock, { tiers }: Archive, windowMs: number, at: number): WindowSpan {
  const last = clock.slotOf(at);
  const before = Math.min(last - 1, Math.floor((at - windowMs) / clock.slotMs));
  const open = before < clock.slot && clock.slot <= last;

  const finest = tiers[0]!;
  let nth = 0;
  while (nth < tiers.length - 1 && before < (tiers[nth]!.first - 1) * tiers[nth]!.ratio) nth += 1;
  if (nth === 0) {
    const fromMs = before * clock.slotMs;
    const toMs = last * clock.slotMs;
    return { tier: 0, from: before, to: last, restFrom: last, restTo: last, open, fromMs, toMs };
  }
  const { ratio, complete } = tiers[nth]!;
  const from = Math.floor(before / ratio);
  const whole = Math.min(Math.floor(last / ratio), complete);
  // While the finest tier still has the end of the window, it tells that end exactly.
  const fine = whole * ratio >= finest.first - 1;
  const to = Math.max(from, fine ? whole : Math.ceil(last / ratio));
  const restFrom = to * ratio;
  const restTo = fine ? last : restFrom;
  return {
    tier: nth,
    from,
    to,
    restFrom,
    restTo,
    open,
    fromMs: from * ratio * clock.slotMs,
    toMs: Math.max(restFrom, restTo) * clock.slotMs,
  };
}
