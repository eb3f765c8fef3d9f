import { fairShare } from "../../core/fair-share.ts";
import type { Failure } from "../../core/observation.ts";

/** Trimmed to this share at once, because each trimming visits all entities. */
const TRIMMED_SHARE = 0.8;
/** A reason is looked for among so many of the newest rows of its slot. */
const LOOK_BACK = 8;
/** So many of the newest are listed. */
const LISTED = 20;
const FIRST_CAPACITY = 16;

/** The room that the failures of all entities share. */
export class FailureBudget {
  readonly most: number;
  rows = 0;
  /** Rows that were dropped to make room. */
  dropped = 0;
  private readonly logs = new Set<FailureLog>();

  /** @param most rows, at about 100 bytes each */
  constructor(most: number) {
    this.most = most;
  }

  /** One more row. Those that have the most lose their oldest when there are too many. */
  added(log: FailureLog): void {
    this.logs.add(log);
    this.rows += 1;
    if (this.rows <= this.most) return;
    const logs = [...this.logs];
    const share = fairShare(
      logs.map(({ size }) => size),
      this.most * TRIMMED_SHARE,
    );
    for (const each of logs) if (each.size > share) this.dropped += each.dropOldest(each.size - share);
  }

  forget(log: FailureLog): void {
    this.logs.delete(log);
    this.rows -= log.size;
  }
}

/**
 * The failures of an entity over time: a row for each reason in each slot. Pushing allocates nothing while the same
 * reasons come back within a slot: they are strings that exist already.
 */
export class FailureLog {
  private readonly budget: FailureBudget;
  private times = new Float64Array(0);
  private slots = new Float64Array(0);
  private counts = new Uint32Array(0);
  private reasons: string[] = [];
  private first = 0;
  private end = 0;
  /** Slots up to this one may have lost rows. */
  private goneSlot = Number.NEGATIVE_INFINITY;
  private listed: readonly Failure[] = [];
  private listedEnd = -1;

  constructor(budget: FailureBudget) {
    this.budget = budget;
  }

  get size(): number {
    return this.end - this.first;
  }

  /** Every row after this slot is kept; -Infinity when none was dropped. */
  get gone(): number {
    return this.goneSlot;
  }

  /** @param at ms since the epoch. @param slot the one that it counts in, never falling */
  push(at: number, slot: number, reason: string): void {
    const until = Math.max(this.first, this.end - LOOK_BACK);
    for (let row = this.end - 1; row >= until && this.slots[row] === slot; row--) {
      if (this.reasons[row] !== reason) continue;
      this.counts[row]! += 1;
      if (at > this.times[row]!) this.times[row] = at;
      return;
    }
    if (this.end === this.times.length) this.makeRoom();
    this.times[this.end] = at;
    this.slots[this.end] = slot;
    this.counts[this.end] = 1;
    this.reasons[this.end] = reason;
    this.end += 1;
    this.budget.added(this);
  }

  /** The newest ones that count in slots up to `slot`, newest first; the same array until there is another. */
  newestFirst(slot: number): readonly Failure[] {
    let low = this.first;
    let high = this.end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.slots[middle]! <= slot) low = middle + 1;
      else high = middle;
    }
    if (low === this.listedEnd) return this.listed;
    const list: Failure[] = [];
    for (let row = low - 1; row >= Math.max(this.first, low - LISTED); row--) {
      const count = this.counts[row]!;
      const failure = { at: this.times[row]!, reason: this.reasons[row]! };
      list.push(count > 1 ? { ...failure, count } : failure);
    }
    this.listed = list;
    this.listedEnd = low;
    return list;
  }

  /** @returns how many rows were dropped */
  dropOldest(rows: number): number {
    const dropped = Math.min(rows, this.size);
    if (dropped === 0) return 0;
    this.goneSlot = this.slots[this.first + dropped - 1]!;
    for (let row = this.first; row < this.first + dropped; row++) this.reasons[row] = "";
    this.first += dropped;
    this.budget.rows -= dropped;
    this.listedEnd = -1;
    return dropped;
  }

  /** Moves the rows to the beginning of arrays with room for more. */
  private makeRoom(): void {
    const { first, end } = this;
    const capacity = Math.max(FIRST_CAPACITY, this.size * 2);
    const moved = <Kind extends Float64Array | Uint32Array>(into: Kind, from: Kind): Kind => {
      into.set(from.subarray(first, end));
      return into;
    };
    this.times = moved(new Float64Array(capacity), this.times);
    this.slots = moved(new Float64Array(capacity), this.slots);
    this.counts = moved(new Uint32Array(capacity), this.counts);
    this.reasons = this.reasons.slice(first, end);
    this.end -= first;
    this.first = 0;
    this.listedEnd = -1;
  }
}
