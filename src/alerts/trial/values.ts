import type { EntityKind } from "../../core/entity.ts";
import { allowedShare, isBeyond } from "../../core/limits.ts";
import type { Values } from "../../core/measure.ts";
import type { MoreReading } from "../../measures/reading.ts";

/** So many samples behind a value of a trial that says nothing about them: chance plays no part. */
const MANY = 1_000_000;

/**
 * All values of an entity from the few that a trial gives. Counts behind them that are not given are those of very many
 * samples; a share of counts that are given is computed. What remains is unknown.
 */
export function trialValues(kind: EntityKind, given: Values): Values {
  const values: Record<string, number> = {};
  for (const { id } of kind.measures) values[id] = given[id] ?? Number.NaN;
  const fill = (id: string | undefined, value: number) => {
    if (id !== undefined && given[id] === undefined && Number.isNaN(values[id])) values[id] = value;
  };
  for (const measure of kind.measures) {
    const value = given[measure.id];
    if (value === undefined || Number.isNaN(value)) continue;
    const { proportion, evidence, samples } = measure;
    fill(proportion?.to, MANY);
    if (proportion !== undefined) fill(proportion.of, values[proportion.to]! * allowedShare(measure, value));
    fill(samples, MANY);
    fill(evidence?.measure, MANY);
  }
  for (const measure of kind.measures) {
    const { proportion, worse, scale = 1 } = measure;
    if (proportion === undefined) continue;
    const share = values[proportion.of]! / values[proportion.to]!;
    fill(measure.id, scale * (worse === "up" ? share : 1 - share));
  }
  return values;
}

/** A trial has no histograms: the values are those of every window, and all samples are on the side of the value. */
export function trialMore(values: Values): MoreReading {
  return {
    value: (id) => values[id] ?? Number.NaN,
    beyond: (measure, limit) => {
      const { proportion } = measure;
      if (proportion !== undefined)
        return { count: values[proportion.of]! || 0, of: values[proportion.to]! || 0 };
      return { count: isBeyond(measure, values[measure.id]!, limit) ? MANY : 0, of: MANY };
    },
  };
}
