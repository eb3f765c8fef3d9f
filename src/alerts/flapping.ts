/** When an alert flaps. Percentages of state changes, weighted; see `flapPercent`. */
export interface FlapLimits {
  /** The length of a slot, ms. */
  readonly intervalMs: number;
  /** It starts to flap at this percentage or above, and stops at or below that one. */
  readonly high: number;
  readonly low: number;
}

/** Nagios's thresholds; its 20 last changes are those of five minutes. */
export const DEFAULT_FLAP_LIMITS: FlapLimits = { intervalMs: 15_000, high: 30, low: 20 };

/** Nagios keeps 21 states, which have 20 changes between them. */
const CHANGES = 20;

/** The weights of the oldest and the newest change; those between them rise evenly. */
const OLDEST_WEIGHT = 0.75;
const NEWEST_WEIGHT = 1.25;

const ALL = 2 ** CHANGES - 1;

/**
 * The share of the last 20 slots in which the state changed, in percent, weighted so that new changes count more
 * (Nagios, flapping.c).
 * @param changes one bit for each slot, the newest is the lowest
 */
export function flapPercent(changes: number): number {
  let sum = 0;
  for (let slot = 0; slot < CHANGES; slot++) {
    if ((changes >> slot) & 1)
      sum += NEWEST_WEIGHT - (slot * (NEWEST_WEIGHT - OLDEST_WEIGHT)) / (CHANGES - 1);
  }
  return (sum * 100) / CHANGES;
}

/** An alert that started or stopped flapping. */
export interface FlapChange {
  readonly fingerprint: string;
  readonly flapping: boolean;
  readonly percent: number;
}

interface Changes {
  bits: number;
  /** The number of the newest slot. */
  slot: number;
  flapping: boolean;
}

/**
 * Finds alerts that change between firing and resolved too often. A change counts for the slot of time in which it
 * happened: sampling the state at instants would miss what changes in between. An alert that has not changed for
 * 20 slots takes no memory.
 */
export class FlapDetector {
  #limits = DEFAULT_FLAP_LIMITS;
  readonly #alerts = new Map<string, Changes>();
  readonly #changed = new Set<string>();
  #slot = Number.NEGATIVE_INFINITY;

  configure(limits: FlapLimits): void {
    // Slots of another length: what is known counts as up to now.
    if (limits.intervalMs !== this.#limits.intervalMs) {
      for (const changes of this.#alerts.values()) changes.slot = Number.POSITIVE_INFINITY;
      this.#slot = Number.NEGATIVE_INFINITY;
    }
    this.#limits = limits;
  }

  /** An alert fired or was resolved. @param at ms since the epoch */
  changed(fingerprint: string, at: number): void {
    const slot = this.#slotOf(at);
    const changes = this.#alerts.get(fingerprint) ?? { bits: 0, slot, flapping: false };
    this.#alerts.set(fingerprint, changes);
    shift(changes, slot);
    changes.bits |= 1;
    this.#changed.add(fingerprint);
  }

  /** What started and stopped flapping since the last call. @param now ms since the epoch, never decreasing */
  advance(now: number): readonly FlapChange[] {
    const slot = this.#slotOf(now);
    const judged = slot === this.#slot ? this.#changed : this.#alerts.keys();
    const found: FlapChange[] = [];
    for (const fingerprint of judged) {
      const changes = this.#alerts.get(fingerprint)!;
      shift(changes, slot);
      const percent = flapPercent(changes.bits);
      const { high, low } = this.#limits;
      const flapping = changes.flapping ? percent > low : percent >= high;
      if (flapping !== changes.flapping) found.push({ fingerprint, flapping, percent });
      changes.flapping = flapping;
      if (changes.bits === 0 && !flapping) this.#alerts.delete(fingerprint);
    }
    this.#changed.clear();
    this.#slot = slot;
    return found;
  }

  /** Alerts with changes that are remembered. */
  get size(): number {
    return this.#alerts.size;
  }

  #slotOf(at: number): number {
    return Math.floor(at / this.#limits.intervalMs);
  }
}

/** Moves the changes into the past. */
function shift(changes: Changes, slot: number): void {
  const passed = Math.max(0, slot - changes.slot);
  changes.bits = passed >= CHANGES ? 0 : (changes.bits << passed) & ALL;
  changes.slot = slot;
}
