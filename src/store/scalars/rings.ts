/** What `include` needs of a ring. Slots are in the ring's own numbers; see SlotClock. */
export interface Ring<Sum> {
  /** How many slots of the finest tier make one of its own. */
  readonly ratio: number;
  /** Whether it still has everything after slot `from`. */
  reaches(from: number): boolean;
  /** Adds the slots from < slot <= to, oldest first. */
  include(from: number, to: number, sum: Sum): void;
}

/**
 * Adds the slots from < slot <= to (of the finest tier) to `sum`: from the finest ring that still has all of them,
 * or else the coarsest. A coarse ring covers the whole slots of its own, the finest the rest up to `to`.
 * @param rings from fine to coarse
 */
export function includeSlots<Sum>(rings: readonly Ring<Sum>[], from: number, to: number, sum: Sum): void {
  const finest = rings[0]!;
  if (finest.reaches(from)) {
    finest.include(from, to, sum);
    return;
  }
  const ring = rings.find((each) => each.reaches(Math.floor(from / each.ratio))) ?? rings.at(-1)!;
  const { ratio } = ring;
  const whole = Math.floor(to / ratio);
  const rest = whole * ratio >= from && finest.reaches(whole * ratio);
  ring.include(Math.floor(from / ratio), rest ? whole : Math.ceil(to / ratio), sum);
  if (rest && whole * ratio < to) finest.include(whole * ratio, to, sum);
}
