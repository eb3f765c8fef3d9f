import type { GaugeReading } from "../core/reading.ts";
import { GaugeRing } from "./gauge-ring.ts";
import type { Ledger } from "./ledger.ts";
import type { Tier } from "./tiers.ts";

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
  private readonly tiers: readonly Tier[];
  private readonly ledger: Ledger;
  private readings: ReadonlyMap<string, GaugeReading> | undefined;

  constructor(tiers: readonly Tier[], ledger: Ledger) {
    this.tiers = tiers.length > 1 ? [tiers[0]!, tiers.at(-1)!] : tiers;
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

  /** See History.gaugeSeries. @param now ms since the epoch; tells how far back the fine ring is complete. */
  series(name: string, from: number, to: number, points: number, now: number): Float64Array {
    const values = new Float64Array(points).fill(Number.NaN);
    const rings = this.gauges.get(name)?.rings ?? [];
    const step = points > 1 ? (to - from) / (points - 1) : to - from;
    for (let point = 0; point < points; point++) {
      const end = points > 1 ? from + point * step : to;
      for (let tier = 0; tier < rings.length && Number.isNaN(values[point]!); tier++) {
        values[point] = rings[tier]!.newest(end - step, end);
        if (end - step >= now - this.tiers[tier]!.keepMs) break;
      }
    }
    return values;
  }

  private add(name: string): Gauge | undefined {
    if (this.gauges.size >= MOST_GAUGES) return undefined;
    const rings = this.tiers.map(
      (tier) => new GaugeRing(tier.slotMs, Math.ceil(tier.keepMs / tier.slotMs), this.ledger),
    );
    const gauge = { at: Number.NEGATIVE_INFINITY, value: Number.NaN, rings };
    this.gauges.set(name, gauge);
    return gauge;
  }
}
