import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { durationText, parseDuration } from "../../src/core/duration.ts";
import { duration, HOUR_MS, WEEK_MS } from "../../src/core/quantity.ts";

/** The message of an invalid value; undefined for a valid one. */
function problemOf(value: unknown, minMs = 100, maxMs = HOUR_MS): string | undefined {
  const messages = duration(minMs, maxMs)
    .safeParse(value)
    .error?.issues.map(({ message }) => message);
  expect(messages?.length ?? 1).toBe(1);
  return messages?.[0];
}

const TOO_LONG = "must be at most 1h";
const PROBLEM = "must be a duration of at least 100ms, such as 250ms, 1.5s or 2m";

describe("a duration", () => {
  it.each([
    ["1h", undefined],
    ["60m", undefined],
    [3_600_000, undefined],
    ["100ms", undefined],
    [100, undefined],
    ["3601s", TOO_LONG],
    [3_600_001, TOO_LONG],
    ["99999999999999999999d", TOO_LONG],
    [`${"9".repeat(400)}d`, TOO_LONG],
    [1e308, TOO_LONG],
    [Number.POSITIVE_INFINITY, TOO_LONG],
    [Number.NEGATIVE_INFINITY, PROBLEM],
    [Number.NaN, PROBLEM],
    [-1, PROBLEM],
    ["99ms", PROBLEM],
    ["-1h", PROBLEM],
    ["1e3s", PROBLEM],
    ["0x10s", PROBLEM],
    ["1 h", PROBLEM],
    ["1", PROBLEM],
    ["", PROBLEM],
    [null, PROBLEM],
    [true, PROBLEM],
    [["1h"], PROBLEM],
  ])("%j: %s", (value, problem) => {
    expect(problemOf(value)).toBe(problem);
  });

  it("is accepted exactly within its limits, in every spelling", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 * WEEK_MS }),
        fc.constantFrom("ms", "s", "m", "h", "d", ""),
        fc.integer({ min: 0, max: WEEK_MS }),
        fc.integer({ min: 0, max: WEEK_MS }),
        (count, unit, one, other) => {
          const [min, max] = [Math.min(one, other), Math.max(one, other)];
          const ms = unit === "" ? count : parseDuration(`${count}${unit}`)!;
          const result = duration(min, max).safeParse(unit === "" ? count : `${count}${unit}`);
          expect(result.success).toBe(ms >= min && ms <= max);
          if (result.success) expect(result.data).toBe(ms);
        },
      ),
    );
  });

  it("is written so that it reads as the same number of ms", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 * WEEK_MS }), (ms) => {
        expect(parseDuration(durationText(ms))).toBeCloseTo(ms, 6);
      }),
    );
  });
});
