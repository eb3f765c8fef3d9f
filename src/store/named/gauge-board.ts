import type { GaugeReading } from "../../core/reading.ts";
import type { Ledger } from "../ledger.ts";
import type { GaugeValue } from "../types.ts";
import { GaugeRing, GaugeSpan } from "./gauge-ring.ts";
import type { Shelf } from "./shelf.ts";

/** So many different names a service may use; more are refused, for names are not forgotten. */
const MOST_GAUGES = 64;

interface Gauge {
  at: number;
  value: number;
  /** From fine to coarse. */
  readonly rings: readonly GaugeRing[];
}

/** The gauges of one service: their newest values, and their past in the finest and the coarsest tier. */
export class GaugeBoard {
  private readonly gauges = new Map<string, Gauge>();
  private readonly shelf: Shelf;
  private readonly ledger: Ledger;
  private readings: ReadonlyMap<string, GaugeReading> | undefined;

  constructor(shelf: Shelf, ledger: Ledger) {
    this.shelf = shelf;
    this.ledger = ledger;
  }

  /** A value older than the newest one is passed over. @returns false when there is no room for another name. */
  record(at: number, name: string, value: number): boolean {
    const gauge = this.gauges.get(name) ?? this.add(name);
    if (gauge === undefined) return false;
    if (at < gauge.at) return true;
    gauge.at = at;
    gauge.value = value;
    for (const ring of gauge.rings) ring.record(at, value);
    this.readings = undefined;
    return true;
  }

  /** Never changes after it was given out; a new one is made when a value has come since. */
  newest(): ReadonlyMap<string, GaugeReading> {
    if (this.readings === undefined) {
      const readings = new Map<string, GaugeReading>();
      for (const [name, { at, value }] of this.gauges) readings.set(name, { at, value });
      this.readings = readings;
    }
    return this.readings;
  }

  /** See History.gaugeSeries. */
  series(name: string, from: number, to: number, points: number, of: GaugeValue): Float64Array {
    const values = new Float64Array(points).fill(Number.NaN);
    const rings = this.gauges.get(name)?.rings ?? [];
    const step = points > 1 ? (to - from) / (points - 1) : to - from;
    for (let point = 0; point < points; point++) {
      const end = points > 1 ? from + point * step : to;
      values[point] = within(rings, end - step, end).of(of);
    }
    return values;
  }

  /** Gives all memory back. */
  clear(): void {
    for (const { rings } of this.gauges.values()) for (const ring of rings) ring.clear();
    this.shelf.remove(this.gauges.size);
    this.gauges.clear();
    this.readings = undefined;
  }

  private add(name: string): Gauge | undefined {
    if (this.gauges.size >= MOST_GAUGES) return undefined;
    const rings = this.shelf.add((slotMs, limit) => new GaugeRing(slotMs, limit, this.ledger));
    const gauge = { at: Number.NEGATIVE_INFINITY, value: Number.NaN, rings };
    this.gauges.set(name, gauge);
    return gauge;
  }
}

/** A stretch of time, from the finest ring that still has all of it, or else the first that has anything. */
function within(rings: readonly GaugeRing[], from: number, to: number): GaugeSpan {
  const span = new GaugeSpan();
  for (const ring of rings) {
    ring.include(from, to, span);
    if (span.seen || ring.reaches(from)) break;
  }
  return span;
}
