import type { Unit } from "../../core/metric.ts";

/** Round numbers within a factor of ten, from coarse to fine. */
const LADDERS: readonly (readonly number[])[] = [
  [1],
  [1, 3],
  [1, 2, 5],
  [1, 1.5, 2, 3, 5, 7],
  [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8],
  [1, 1.1, 1.2, 1.4, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3.2, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 9],
];
/** With this many powers of ten a class covers every value that the store distinguishes. */
const MAX_TENS = 12;

/** Common durations, ms; above them powers of two days. */
const TIMES: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18_000, 43_200].map((s) => s * 1000),
  ...Array.from({ length: 20 }, (_, power) => 86_400_000 * 2 ** power),
];
const POWERS_OF_TWO: readonly number[] = Array.from({ length: 53 }, (_, power) => 2 ** power);

/** The smallest distinguished value of a unit, as displayed: 0.1 ms, 1 byte. */
export function leastOf(unit: Unit): number {
  if (unit === "ms") return 0.1;
  return unit === "duration" || unit === "bytes" || unit === "bytes_per_second" ? 1 : 0.001;
}

/**
 * The bounds of at most `most` classes that cover low..high: class n is from bounds[n] up to bounds[n + 1].
 * Bounds are round in their unit and grow by nearly equal factors, as fine as possible.
 */
export function classBounds(low: number, high: number, most: number, unit: Unit = "ms"): readonly number[] {
  if (unit === "duration") return everyNth(TIMES, low, high, most);
  if (unit === "bytes" || unit === "bytes_per_second") return everyNth(POWERS_OF_TWO, low, high, most);
  for (const base of LADDERS.toReversed()) {
    const bounds = stepsAround(base, 1, low, high);
    if (bounds.length - 1 <= most) return bounds;
  }
  for (let tens = 2; tens < MAX_TENS; tens++) {
    const bounds = stepsAround([1], tens, low, high);
    if (bounds.length - 1 <= most) return bounds;
  }
  return stepsAround([1], MAX_TENS, low, high);
}

/** The steps from the last one not above `low` to the first one above `high`. */
function stepsAround(base: readonly number[], tens: number, low: number, high: number): number[] {
  const stepAt = (n: number) => {
    const cycle = Math.floor(n / base.length);
    // Multiplying by powers of ten has rounding errors: 1.1 * 10 ** -1 is 0.11000000000000001.
    return Number((base[n - cycle * base.length]! * 10 ** (cycle * tens)).toPrecision(3));
  };
  let n = Math.floor(Math.log10(low) / tens) * base.length;
  while (stepAt(n) > low) n -= 1;
  while (stepAt(n + 1) <= low) n += 1;
  const bounds = [stepAt(n)];
  while (bounds.at(-1)! <= high) bounds.push(stepAt(++n));
  return bounds.length > 1 ? bounds : [...bounds, stepAt(n + 1)];
}

/** The steps around low..high, or every n-th of them if there are too many. */
function everyNth(steps: readonly number[], low: number, high: number, most: number): readonly number[] {
  const first = Math.max(
    0,
    steps.findLastIndex((step) => step <= low),
  );
  const above = steps.findIndex((step) => step > high);
  const last = Math.max(first + 1, above < 0 ? steps.length - 1 : above);
  const step = Math.max(1, Math.ceil((last - first) / Math.max(1, most)));
  const count = Math.ceil((last - first) / step);
  return Array.from(
    { length: count + 1 },
    (_, nth) => steps[Math.min(steps.length - 1, first + nth * step)]!,
  );
}
