import type { Gap } from "../../core/gaps.ts";

/** Rates of windows with older gaps are too low. */
const MOST_GAPS = 1_000;
/** The time between two advances is not taken to be longer than this, ms. */
const LONGEST_STEP_MS = 60_000;
/** An observation may be this many such times ahead of the newest advance: a tick may be late. */
const STEPS_BELIEVED = 2;
/** However short the slots are, an observation may come this much after its own slot, or before, ms. */
const LEAST_TOLERANCE_MS = 1000;
/** What is older than this when it arrives is not late: a clock has run back. */
const LATE_AT_MOST_MS = 10 * 60_000;

/**
 * Which slot is open. Slot n holds the instants (n - 1) * slotMs < t <= n * slotMs, so that a window which
 * ends on a whole slot covers exactly its length. `advance` closes every slot whose end has been reached: it
 * never changes again. All series share one open slot.
 */
export class SlotClock {
  readonly slotMs: number;
  /** The newest time given to `advance`; -Infinity before the first. */
  now = Number.NEGATIVE_INFINITY;
  /** The number of the open slot; -1 while no time is known. It holds openStart < t <= openEnd, ms. */
  slot = -1;
  openStart = Number.NEGATIVE_INFINITY;
  openEnd = Number.NEGATIVE_INFINITY;
  /** The newest slot that was over at the newest advance, and so is closed for ever; -1 before the first. */
  over = -1;
  /** When time became known, ms; NaN before. */
  begunAt = Number.NaN;
  rejected = 0;
  late = 0;
  private previousStep = 0;
  private lateUntil = Number.POSITIVE_INFINITY;
  private believedUntil = Number.POSITIVE_INFINITY;
  private readonly toleranceMs: number;
  private readonly close: (nextSlot: number) => void;

  /** When nothing could be recorded, in order; the newest MOST_GAPS. */
  gaps: readonly Gap[] = [];

  /** @param close called before the open slot changes, while `slot` is still the old one */
  constructor(slotMs: number, close: (nextSlot: number) => void) {
    this.slotMs = slotMs;
    this.toleranceMs = Math.max(slotMs, LEAST_TOLERANCE_MS);
    this.close = close;
  }

  notObserved(gap: Gap): void {
    this.gaps = [...this.gaps, gap].slice(-MOST_GAPS);
  }

  slotOf(at: number): number {
    return Math.ceil(at / this.slotMs);
  }

  /** Time has come this far, ms since the epoch. An invalid or earlier time is counted as rejected and ignored. */
  advance(now: number): void {
    if (now === this.now) return;
    if (!(now > this.now && now >= 0 && now < Number.POSITIVE_INFINITY)) {
      this.rejected += 1;
      return;
    }
    const step = this.slot < 0 ? 0 : Math.min(now - this.now, LONGEST_STEP_MS);
    // The smaller of two steps, so that one jump (the machine slept) does not widen the limit.
    this.believedUntil = now + STEPS_BELIEVED * Math.max(this.toleranceMs, Math.min(step, this.previousStep));
    this.previousStep = step;
    this.now = now;
    this.over = Math.floor(now / this.slotMs);
    this.lateUntil = this.over * this.slotMs - this.toleranceMs;
    if (this.slot < 0) this.begunAt = now;
    this.open(this.over + 1);
  }

  /**
   * The policy for late and early observations of every type. A slot that has closed never changes, so what is
   * accepted always counts in the open slot; this decides whether it is accepted, by its time:
   * - within the open slot: accepted.
   * - up to one slot (at least a second) before the open slot, or before the newest advance: accepted. It enters
   *   and leaves windows that much later than it should; nothing is lost.
   * - older, by up to ten minutes: dropped, counted as late.
   * - older still: a clock has run back. Dropped, counted as rejected.
   * - ahead by up to twice the usual time between two advances (at least a slot and a second, at most a minute):
   *   the next advance is only late. The slot of the observation is opened now.
   * - farther ahead: a clock is wrong. Accepted as if it was seen at the time of the newest advance.
   * - not a number, negative or infinite: dropped, counted as rejected.
   * @returns the time it counts as, ms since the epoch; NaN when it is dropped
   */
  place(at: number): number {
    if (!(at >= 0 && at < Number.POSITIVE_INFINITY)) {
      this.rejected += 1;
      return Number.NaN;
    }
    if (this.slot < 0) this.begunAt = (this.slotOf(at) - 1) * this.slotMs;
    if (at > this.believedUntil) return this.now;
    if (at > this.openEnd) this.open(this.slotOf(at));
    if (at > this.openStart - this.toleranceMs || at > this.lateUntil) return at;
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
