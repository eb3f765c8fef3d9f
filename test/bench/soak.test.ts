import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge, type Sample, slopeOf } from "../../bench/soak/verdict.ts";

/** An hour of samples, one a minute. */
const hour = (change: (minute: number) => Partial<Sample>): Sample[] =>
  Array.from({ length: 60 }, (_, nth) => ({
    minute: nth + 1,
    rss: 110,
    heap: 20,
    descriptors: 24,
    lateTicks: 0,
    wrongRows: 0,
    ...change(nth + 1),
  }));

describe("the verdict of a soak", () => {
  it("is good for a level run, however its memory starts and swings", () => {
    expect(
      judge(hour((minute) => ({ rss: minute < 10 ? 80 + 4 * minute : 115 + (minute % 7) }))),
    ).toMatchObject({
      problems: [],
    });
  });

  it("looks at the second half of a short run, and at all but the history's first 15 minutes of a longer one", () => {
    const growing = (until: number) => (minute: number) => ({ rss: 100 + 2 * Math.min(minute, until) });
    const judged = (minutes: number, until: number) =>
      judge(hour(growing(until)).slice(0, minutes)).problems.length;
    expect([judged(20, 10), judged(20, 20), judged(60, 15), judged(60, 30)]).toEqual([0, 1, 0, 1]);
  });

  it.each([
    ["memory", (minute: number) => ({ rss: 100 + minute / 2 }), /resident memory grew by 2\d\.\d MB/],
    ["descriptors", (minute: number) => ({ descriptors: 24 + Math.floor(minute / 5) }), /more descriptors/],
    ["one wrong row", (minute: number) => ({ wrongRows: minute === 30 ? 1 : 0 }), /1 rows of the screen/],
  ])("is bad for %s", (_, change, sentence) => {
    const { problems } = judge(hour(change));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(sentence);
  });

  it("finds the slope of a line, whatever it starts from", () => {
    const whole = fc.integer({ min: -1_000, max: 1_000 });
    fc.assert(
      fc.property(whole, whole, fc.uniqueArray(whole, { minLength: 2 }), (slope, start, xs) => {
        expect(slopeOf(xs.map((x) => [x, start + slope * x] as const))).toBeCloseTo(slope, 6);
      }),
    );
  });
});
