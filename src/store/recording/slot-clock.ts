/** The time between two advances is not taken to be longer than this, ms. */
const LONGEST_STEP_MS = 60_000;
/** An observation may be this many such times ahead of the newest advance: a tick may be late. */
const STEPS_BELIEVED = 2;
/** What is older than this when it comes is not late: a clock has run back. */
const LATE_AT_MOST_MS = 10 * 60_000;

/**
 * Which slot is open. Slot n holds the instants (n - 1) * slotMs < t <= n * slotMs, so that a window which
 * ends on a whole slot covers exactly its length. All services share one open slot.
 */
export class SlotClock {
  readonly slotMs: number;
  /** The newest time that `advance` was told; -Infinity before the first. */
  now = Number.NEGATIVE_INFINITY;
  /** The number of the open slot; -1 while no time is known. It holds openStart < t <= openEnd, ms. */
  slot = -1;
  openStart = Number.NEGATIVE_INFINITY;
  openEnd = Number.NEGATIVE_INFINITY;
  /** When time became known, ms; NaN before. */
  begunAt = Number.NaN;
  rejected = 0;
  late = 0;
  private previousStep = 0;
  private lateUntil = Number.POSITIVE_INFINITY;
  private believedUntil = Number.POSITIVE_INFINITY;
  private readonly close: (nextSlot: number) => void;

  /** @param close called before the open slot changes, while `slot` still tells the old one. */
  constructor(slotMs: number, close: (nextSlot: number) => void) {
    this.slotMs = slotMs;
    this.close = close;
  }

  slotOf(at: number): number {
    return Math.ceil(at / this.slotMs);
  }

  /** Time has come this far, ms since the epoch. What cannot be, or runs back, is counted and ignored. */
  advance(now: number): void {
    if (now === this.now) return;
    if (!(now > this.now && now >= 0 && now < Number.POSITIVE_INFINITY)) {
      this.rejected += 1;
      return;
    }
    const step = this.slot < 0 ? 0 : Math.min(now - this.now, LONGEST_STEP_MS);
    // The smaller of two steps, so that one jump (the machine slept) does not make the store credulous.
    this.believedUntil = now + STEPS_BELIEVED * Math.max(this.slotMs, Math.min(step, this.previousStep));
    this.previousStep = step;
    this.now = now;
    const slot = this.slotOf(now);
    this.lateUntil = (slot - 2) * this.slotMs;
    if (this.slot < 0) this.begunAt = now;
    this.open(slot);
  }

  /**
   * Decides about an observation whose time is outside the open slot:
   * - in the slot just before, or just before the slot of the newest advance: taken into the open slot.
   *   It leaves a window a little late; nothing is lost.
   * - older: refused, counted as late; by more than ten minutes: as rejected.
   * - ahead by no more than twice the usual time between two advances (which is taken to be between a slot
   *   and a minute): its slot is opened now, for the next advance is merely not there yet.
   * - farther ahead: a clock is wrong. Taken into the open slot, as if seen now.
   * @returns the time it counts as, ms; NaN when it is refused.
   */
  place(at: number): number {
    if (!(at >= 0 && at < Number.POSITIVE_INFINITY)) {
      this.rejected += 1;
      return Number.NaN;
    }
    if (this.slot < 0) this.begunAt = (this.slotOf(at) - 1) * this.slotMs;
    if (at > this.believedUntil) return this.now;
    if (at > this.openEnd) this.open(this.slotOf(at));
    if (at > this.openStart - this.slotMs || at > this.lateUntil) return at;
    if (this.openStart - at > LATE_AT_MOST_MS) this.rejected += 1;
    else this.late += 1;
    return Number.NaN;
  }

  private open(slot: number): void {
    if (slot <= this.slot) return;
    if (this.slot >= 0) this.close(slot);
    this.slot = slot;
    this.openEnd = slot * this.slotMs;
    this.openStart = this.openEnd - this.slotMs;
  }
}
