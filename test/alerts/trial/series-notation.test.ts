import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_SAMPLES, parseSamples } from "../../../src/alerts/trial/series-notation.ts";

describe("the notation of series", () => {
  // Those of the documentation of Prometheus, and others.
  const rows: [text: string, samples: readonly (number | string)[]][] = [
    ["-2+4x3", [-2, 2, 6, 10]],
    ["1-2x4", [1, -1, -3, -5, -7]],
    ["1x4", [1, 1, 1, 1, 1]],
    ["1 _x3 stale", [1, "_", "_", "_", "stale"]],
    ["_", ["_"]],
    ["_x0 1", [1]],
    ["5x0", [5]],
    ["  1\n 2\t3 ", [1, 2, 3]],
    ["1.5 .5 2. 1e3 1E-2 -0.5 +4", [1.5, 0.5, 2, 1000, 0.01, -0.5, 4]],
    ["0.1+0.5x2 1e2-1e1x2", [0.1, 0.6, 1.1, 100, 90, 80]],
  ];
  it.each(rows)("reads %j", (text, samples) => {
    expect(parseSamples(text)).toEqual(samples);
  });

  it("reads back what it is written from", () => {
    const samples = fc.array(
      fc.oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer(),
        fc.constantFrom("_", "stale"),
      ),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(samples, (written) => {
        expect(parseSamples(written.join(" "))).toEqual(written.map((each) => (each === 0 ? 0 : each)));
      }),
    );
  });

  it("expands runs as they are added up", () => {
    const run = fc.record({
      first: fc.integer({ min: -1000, max: 1000 }),
      step: fc.integer({ min: -1000, max: 1000 }),
      times: fc.nat({ max: 50 }),
    });
    fc.assert(
      fc.property(run, ({ first, step, times }) => {
        const text = `${first}${step < 0 ? step : `+${step}`}x${times}`;
        const samples = parseSamples(text) as number[];
        expect(samples).toHaveLength(times + 1);
        expect(samples[0]).toBe(first);
        expect(samples.at(-1)).toBe(first + times * step);
      }),
    );
  });

  const wrong: [text: string, offset: number, message: RegExp][] = [
    ["", 0, /has no samples; write some/],
    ["_x0", 0, /has no samples/],
    ["1 2 abc", 4, /has "abc", which is no sample/],
    ["1 -", 2, /has "-", which is no sample; write _/],
    ["1 5x", 2, /has "5x"/],
    ["1 5x-1", 2, /has "5x-1"/],
    ["1 5x1.5", 2, /has "5x1.5"/],
    ["1+x5", 0, /no sample/],
    ["stalex4", 0, /no sample/],
    ["1e999", 0, /no sample/],
    ["NaN", 0, /no sample/],
    [`1 _x${MOST_SAMPLES}`, 2, /has more than 86,400 samples/],
    ["1x99999999999999999999", 0, /has more than/],
  ];
  it.each(wrong)("says what is wrong with %j", (text, offset, message) => {
    expect(parseSamples(text)).toEqual({ offset, message: expect.stringMatching(message) });
  });

  it("accepts the longest series", () => {
    expect(parseSamples(`1x${MOST_SAMPLES - 1}`)).toHaveLength(MOST_SAMPLES);
  });
});
