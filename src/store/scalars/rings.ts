import type { WindowSpan } from "../windows/window-span.ts";

/** What `includeSpan` needs of a ring. Slots are in the ring's own numbers; see SlotClock. */
export interface Ring<Sum> {
  /** Adds the slots from < slot <= to, oldest first. */
  include(from: number, to: number, sum: Sum): void;
}

/**
 * Adds the slots of a span to `sum`, as histograms do.
 * @param rings one for each tier, from fine to coarse
 */
export function includeSpan<Sum>(
  rings: readonly Ring<Sum>[],
  { tier, from, to, restFrom, restTo }: WindowSpan,
  sum: Sum,
): void {
  rings[tier]!.include(from, to, sum);
  if (restTo > restFrom) rings[0]!.include(restFrom, restTo, sum);
}
