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
  /** All that is covered, in slots of the finest tier (exclusive, inclusive), and in ms since the epoch. */
  readonly first: number;
  readonly last: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Every slot that touches (at - windowMs, at] counts as a whole, from the finest tier that reaches back far
 * enough. So nothing within the window is ever missing, and at most a part of a slot at each end is more than was
 * asked for. Histograms, counters and gauges use the same spans, so that ratios of them agree.
 */
export function windowSpan(clock: SlotClock, { tiers }: Archive, windowMs: number, at: number): WindowSpan {
  const { slotMs } = clock;
  const last = clock.slotOf(at);
  const before = Math.min(last - 1, Math.floor((at - windowMs) / slotMs));
  const open = before < clock.slot && clock.slot <= last;

  const finest = tiers[0]!;
  let tier = 0;
  while (tier < tiers.length - 1 && before < (tiers[tier]!.first - 1) * tiers[tier]!.ratio) tier += 1;
  if (tier === 0) {
    return {
      tier,
      from: before,
      to: last,
      restFrom: last,
      restTo: last,
      open,
      first: before,
      last,
      fromMs: before * slotMs,
      toMs: last * slotMs,
    };
  }
  const { ratio, complete } = tiers[tier]!;
  const from = Math.floor(before / ratio);
  const whole = Math.min(Math.floor(last / ratio), complete);
  // While the finest tier still has the end of the window, it gives that end exactly.
  const fine = whole * ratio >= finest.first - 1;
  const to = Math.max(from, fine ? whole : Math.ceil(last / ratio));
  const restFrom = to * ratio;
  const restTo = fine ? last : restFrom;
  const end = Math.max(restFrom, restTo);
  return {
    tier,
    from,
    to,
    restFrom,
    restTo,
    open,
    first: from * ratio,
    last: end,
    fromMs: from * ratio * slotMs,
    toMs: end * slotMs,
  };
}
