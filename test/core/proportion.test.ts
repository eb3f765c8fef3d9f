import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSurelyAbove, isSurelyBelow } from "../../src/core/proportion.ts";

const Z = 2.5;

/** The bounds of the interval in closed form: Newcombe 1998, method 4, written out independently. */
function bounds(count: number, of: number): { low: number; high: number } {
  const p = count / of;
  const base = 2 * of * p + Z * Z;
  const below = Z * Math.sqrt(Math.max(0, Z * Z - 2 - 1 / of + 4 * p * (of * (1 - p) + 1)));
  const above = Z * Math.sqrt(Math.max(0, Z * Z + 2 - 1 / of + 4 * p * (of * (1 - p) - 1)));
  const width = 2 * (of + Z * Z);
  return {
    low: count === 0 ? 0 : Math.max(0, (base - 1 - below) / width),
    high: count === of ? 1 : Math.min(1, (base + 1 + above) / width),
  };
}

/** The chance of at least `count` bad values of `of`, each with a chance of `share`. */
function tail(count: number, of: number, share: number): number {
  let term = (1 - share) ** of;
  let below = 0;
  for (let nth = 0; nth < count; nth++) {
    below += term;
    term *= ((of - nth) / (nth + 1)) * (share / (1 - share));
  }
  return 1 - below;
}

const counts = fc
  .record({ of: fc.integer({ min: 1, max: 3000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ of, share }) => ({ of, count: Math.round(of * share) }));
const limits = fc.double({ min: 0.001, max: 0.9, noNaN: true });

describe("evidence for a share", () => {
  it("is the confidence bound of the score interval with continuity correction", () => {
    fc.assert(
      fc.property(counts, limits, ({ count, of }, limit) => {
        const { low, high } = bounds(count, of);
        fc.pre(Math.abs(low - limit) > 1e-9 && Math.abs(high - limit) > 1e-9);
        const enough = count >= 3 || count === of;
        expect(isSurelyAbove(count, of, limit)).toBe(enough && low > limit);
        expect(isSurelyBelow(count, of, limit)).toBe(high < limit);
      }),
      { numRuns: 2000 },
    );
  });

  it("takes a share at the limit for one above it in less than 2.5 % of windows, by the exact distribution", () => {
    for (const limit of [0.01, 0.05, 0.1]) {
      for (let of = 1; of <= 600; of++) {
        let least = 0;
        while (least <= of && !isSurelyAbove(least, of, limit)) least += 1;
        if (least > of) continue;
        // A single value, and a bad one, is left to the judge: no more than the lowest level.
        if (of > 1) expect(tail(least, of, limit), `${least} of ${of} over ${limit}`).toBeLessThan(0.025);
      }
    }
  });

  it("never says both, and more bad values never weaken it", () => {
    fc.assert(
      fc.property(counts, limits, ({ count, of }, limit) => {
        const above = isSurelyAbove(count, of, limit);
        expect(above && isSurelyBelow(count, of, limit)).toBe(false);
        if (above && count < of) expect(isSurelyAbove(count + 1, of, limit)).toBe(true);
      }),
    );
  });

  it("says nothing without values", () => {
    expect([isSurelyAbove(0, 0, 0.05), isSurelyBelow(0, 0, 0.05)]).toEqual([false, false]);
  });
});
