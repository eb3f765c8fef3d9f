import type { Ledger } from "../ledger.ts";
import { watchedSeconds } from "../windows/window-stats.ts";
import { CounterRing } from "./counter-ring.ts";
import type { Shelf } from "./shelf.ts";

/** So many different names a service may use; more are refused, for names are not forgotten. */
const MOST_COUNTERS = 64;
const NONE: ReadonlyMap<string, number> = new Map();

/** The counters of one service: how fast they grew, in the finest and the coarsest tier. */
export class CounterBoard {
  /** From fine to coarse, by name. */
  private readonly counters = new Map<string, readonly CounterRing[]>();
  private readonly shelf: Shelf;
  private readonly ledger: Ledger;

  constructor(shelf: Shelf, ledger: Ledger) {
    this.shelf = shelf;
    this.ledger = ledger;
  }

  /** @returns false when there is no room for another name. */
  add(at: number, name: string, by: number): boolean {
    const rings = this.counters.get(name) ?? this.open(name);
    if (rings === undefined) return false;
    for (const ring of rings) ring.add(at, by);
    return true;
  }

  /**
   * How much each grew a second in the window that ends at `at`, over the time watched.
   * @param newest the newest instant known, ms since the epoch
   */
  rates(windowMs: number, at: number, watchedSince: number, newest: number): ReadonlyMap<string, number> {
    if (this.counters.size === 0) return NONE;
    const rates = new Map<string, number>();
    for (const [name, rings] of this.counters) {
      const { growth, fromMs, toMs } = within(rings, at - windowMs, at);
      rates.set(name, growth / watchedSeconds(fromMs, toMs, watchedSince, newest));
    }
    return rates;
  }

  /** See History.counterSeries. */
  series(name: string, from: number, to: number, points: number, watchedSince: number): Float64Array {
    const values = new Float64Array(points).fill(Number.NaN);
    const rings = this.counters.get(name);
    if (rings === undefined) return values;
    const step = points > 1 ? (to - from) / (points - 1) : to - from;
    for (let point = 0; point < points; point++) {
      const end = points > 1 ? from + point * step : to;
      const { growth, fromMs, toMs } = within(rings, end - step, end);
      if (toMs > watchedSince) values[point] = growth / watchedSeconds(fromMs, toMs, watchedSince, to);
    }
    return values;
  }

  /** Gives all memory back. */
  clear(): void {
    for (const rings of this.counters.values()) for (const ring of rings) ring.clear();
    this.shelf.remove(this.counters.size);
    this.counters.clear();
  }

  private open(name: string): readonly CounterRing[] | undefined {
    if (this.counters.size >= MOST_COUNTERS) return undefined;
    const rings = this.shelf.add((slotMs, limit) => new CounterRing(slotMs, limit, this.ledger));
    this.counters.set(name, rings);
    return rings;
  }
}

/** From the finest ring that still has all of it, or else the coarsest. */
function within(rings: readonly CounterRing[], from: number, to: number) {
  const ring = rings.find((each) => each.reaches(from)) ?? rings.at(-1)!;
  return ring.within(from, to);
}
