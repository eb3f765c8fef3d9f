import { expect, test } from "vitest";
import { latencies, nearestRank, seconds } from "../../../bench/latencies.ts";
import { CONTENDERS } from "../../../bench/store/contenders/index.ts";
import type { Series, SeriesSet } from "../../../bench/store/contenders/types.ts";

const PERCENTS = [50, 95, 99, 99.9];

async function recorded({ series, endSecond }: SeriesSet, values: Float64Array): Promise<Series> {
  for (const [nth, second] of seconds(values, 2000).entries()) {
    if (nth > 0) endSecond?.();
    series[0]!.recordAll(second);
  }
  return series[0]!;
}

test("contenders have different names", () => {
  const names = CONTENDERS.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(0);
  expect(new Set(names).size).toBe(names.length);
});

for (const contender of CONTENDERS) {
  const promised = (contender.promisedError ?? 0) / 100 + 1e-9;

  test(`${contender.name} gives a constant back`, async () => {
    const series = await recorded(contender.create(1), latencies("constant", 5000));
    for (const answer of await series.percentiles(PERCENTS)) {
      expect(Math.abs(answer - 42)).toBeLessThanOrEqual(42 * promised);
    }
  });

  test(`${contender.name} keeps several series apart`, async () => {
    const { series } = contender.create(3);
    for (const [nth, one] of series.entries()) one.recordAll(new Float64Array(10).fill(10 * (nth + 1)));
    for (const [nth, one] of series.entries()) {
      const [answer = 0] = await one.percentiles([50]);
      expect(Math.abs(answer - 10 * (nth + 1))).toBeLessThanOrEqual(10 * (nth + 1) * promised);
    }
  });

  if (contender.promisedError === undefined) continue;
  test(`${contender.name} keeps what it promises`, async () => {
    const values = latencies("lognormal", 20_000);
    const series = await recorded(contender.create(1), values);
    const sorted = values.slice().sort();
    const answers = await series.percentiles(PERCENTS);
    for (const [nth, percent] of PERCENTS.entries()) {
      // Libraries differ in which of two neighbours a percentile is.
      const above = nearestRank(sorted, percent);
      const below = sorted[sorted.indexOf(above) - 1]!;
      expect(answers[nth]).toBeLessThanOrEqual(above * (1 + promised));
      expect(answers[nth]).toBeGreaterThanOrEqual(below * (1 - promised));
    }
  });
}
