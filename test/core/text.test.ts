import { describe, expect, it } from "vitest";
import { worstHealth } from "../../src/core/health.ts";
import { createRandom } from "../../src/core/random.ts";
import { formatCount, formatCountdown, formatDuration, formatMs, formatRatio } from "../../src/core/text.ts";

describe("formatted numbers", () => {
  it.each([
    [0, "0ms"],
    [250, "250ms"],
    [9_000, "9s"],
    [59_600, "1m"],
    [200_000, "3m 20s"],
    [7_500_000, "2h 5m"],
    [349_200_000, "4d 1h"],
  ])("a duration of %d ms is %s", (ms, text) => expect(formatDuration(ms)).toBe(text));

  it.each([
    [38_000, "0:38"],
    [37_001, "0:38"],
    [725_000, "12:05"],
    [-5, "0:00"],
  ])("a countdown of %d ms is %s", (ms, text) => expect(formatCountdown(ms)).toBe(text));

  it.each([
    [0, "0"],
    [-0.4, "0"],
    [999.5, "1,000"],
    [1234567, "1,234,567"],
    [-98765, "-98,765"],
  ])("a count of %d is %s", (value, text) => expect(formatCount(value)).toBe(text));

  it.each([
    [3.24, "3.2"],
    [9.96, "10"],
    [48.4, "48"],
    [1020.2, "1,020"],
  ])("a latency of %d ms is %s", (ms, text) => expect(formatMs(ms)).toBe(text));

  it("a ratio is a percentage with one decimal", () => expect(formatRatio(0.0123)).toBe("1.2"));
});

describe("the worst health", () => {
  it.each([
    [["healthy", "healthy"], "healthy"],
    [["healthy", "unknown"], "unknown"],
    [["unknown", "degraded"], "degraded"],
    [["critical", "down", "healthy"], "down"],
    [[], "unknown"],
  ] as const)("of %j is %s", (healths, worst) => expect(worstHealth(healths)).toBe(worst));
});

describe("random streams", () => {
  const draw = (seed: number, name: string) => {
    const random = createRandom(seed, name);
    return Array.from({ length: 5 }, () => random.next());
  };

  it("depend only on seed and name", () => {
    expect(draw(42, "auth")).toEqual(draw(42, "auth"));
    expect(draw(42, "auth")).not.toEqual(draw(42, "payment"));
    expect(draw(42, "auth")).not.toEqual(draw(43, "auth"));
  });

  it("have the requested mean and deviation", () => {
    const random = createRandom(1, "normal");
    const values = Array.from({ length: 20_000 }, () => random.normal(50, 15));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    expect(Math.abs(mean - 50)).toBeLessThan(0.5);
    expect(Math.abs(deviation - 15)).toBeLessThan(0.5);
  });
});
