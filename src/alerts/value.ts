import { durationText } from "../core/duration.ts";
import type { EntityKind } from "../core/entity.ts";
import type { Measure } from "../core/measure.ts";
import { unitSign } from "../core/text.ts";
import { limitText, valueText } from "../measures/limit-text.ts";
import type { EntityReading } from "../measures/reading.ts";

/** A measure of some window. */
export interface Measured {
  /** The id of the measure, of any kind of entity, also one on demand. */
  readonly measure: string;
  /** ms; absent: the window of the entity. */
  readonly window?: number | undefined;
}

/** The value of a measure of an entity; NaN when it is unknown. */
export function readValue(reading: EntityReading, { measure, window }: Measured): number {
  if (window === undefined || window === reading.windowMs) {
    const known = reading.values[measure];
    if (known !== undefined) return known;
  }
  return reading.more?.value(measure, window ?? reading.windowMs, reading.at) ?? Number.NaN;
}

/** Whether a value rests on fewer samples than a rule asks for. */
export function hasFewSamples(
  reading: EntityReading,
  measured: Measured,
  least: number | undefined,
): boolean {
  const samples = least === undefined ? undefined : measureOf(reading.kind, measured.measure)?.samples;
  return samples !== undefined && !(readValue(reading, { ...measured, measure: samples }) >= least!);
}

/** By id, for each kind: rules look measures up for every entity at every tick. */
const measures = new WeakMap<EntityKind, ReadonlyMap<string, Measure>>();

export function measureOf(kind: EntityKind | undefined, id: string): Measure | undefined {
  if (kind === undefined) return undefined;
  let known = measures.get(kind);
  if (known === undefined) {
    known = new Map(kind.measures.map((measure) => [measure.id, measure]));
    measures.set(kind, known);
  }
  return known.get(id);
}

/** "85.0%", "1,020ms"; "unknown" for NaN. */
export function shownValue(measure: Measure, value: number): string {
  return Number.isNaN(value) ? "unknown" : valueText(measure, value) + unitSign(measure.unit);
}

/** A limit: "85%", "1,000ms". A plain number where the kind of the entity is unknown. */
export function shownLimit(measure: Measure | undefined, limit: number): string {
  return measure === undefined ? String(limit) : limitText(measure, limit) + unitSign(measure.unit);
}

/** "p99", or "p99 in 5m" where its window is not that of the entity. */
export function measuredText({ measure, window }: Measured): string {
  return window === undefined ? measure : `${measure} in ${durationText(window)}`;
}
