import type { Measure } from "../../core/measure.ts";
import type { Sample } from "./series-notation.ts";

/**
 * The values of a trial in the unit of their measure. Screens show a share as a percentage, so that both are typed:
 * where any value of a share is over 1, all of them are percentages.
 * @returns a sentence for a share over 100 %
 */
export function typedValues(values: readonly Sample[], { id, unit }: Measure): readonly Sample[] | string {
  if (unit !== "ratio") return values;
  const most = values.reduce<number>(
    (max, value) => (typeof value === "number" ? Math.max(max, value) : max),
    0,
  );
  if (most > 100) return `${id} is a share: type values from 0 to 1, or percentages up to 100`;
  return most <= 1 ? values : values.map((value) => (typeof value === "number" ? value / 100 : value));
}

/** A value of a trial as it is shown: shares as percentages. */
export function shownSample(value: Sample, { unit }: Measure): string {
  // Without the last digits, 0.07 is 7 % and not 7.000000000000001 %.
  return unit === "ratio" && typeof value === "number"
    ? `${Number((value * 100).toPrecision(12))}%`
    : String(value);
}
