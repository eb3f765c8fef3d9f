import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStore } from "../../../src/store/index.ts";
import { FLEET, METRICS, type Metric, type Store } from "../../../src/store/types.ts";
import { at, START } from "../rig.ts";

/** Three tiers like the real ones, but short. */
const TIERS = [
  { slotMs: 1000, keepMs: 60_000 },
  { slotMs: 4000, keepMs: 240_000 },
  { slotMs: 12_000, keepMs: 1_200_000 },
];

/** Each second has `perSecond(second)` requests of 100 ms + the second, a quarter of them failed. */
function run(store: Store, seconds: number, perSecond: (second: number) => number): void {
  store.advance(START);
  // The place in this order decides when a service's coarser slots are merged.
  for (const name of ["db", "web", "job", "api"]) store.recorder(name);
  for (let second = 1; second <= seconds; second++) {
    store.advance(at(second));
    for (let n = 0; n < perSecond(second); n++)
      store.recorder("api").request(at(second), 100 + second, n % 4 > 0);
  }
}

/** A series' value, from the stats of the same window. */
function fromStats(store: Store, service: string, metric: Metric, windowMs: number, time: number): number {
  const stats = store.stats(service, windowMs, time);
  if (metric === "rate") return stats.requestRate;
  if (metric === "availability") return (stats.availability ?? Number.NaN) / 100;
  if (stats.requestCount === 0) return Number.NaN;
  if (metric === "error_rate") return stats.errorRate;
  return metric === "p99.9" ? stats.p999 : stats[metric];
}

describe("series", () => {
  it("has at every point what stats tells of the same window, in every tier", () => {
    const query = fc.record({
      metric: fc.constantFrom(...METRICS),
      service: fc.constantFrom("api", FLEET),
      windowMs: fc.constantFrom(1000, 5000, 30_000, 100_000, 500_000),
      back: fc.integer({ min: 0, max: 1_000_000 }),
      length: fc.integer({ min: 0, max: 900_000 }),
      points: fc.integer({ min: 1, max: 25 }),
    });
    const store = createStore({ tiers: TIERS });
    run(store, 1000, (second) => (second % 50 < 20 ? 0 : second % 7));
    fc.assert(
      fc.property(query, ({ metric, service, windowMs, back, length, points }) => {
        const to = Math.max(START, at(1000) - back);
        const from = to - length;
        const series = store.series(service, { metric, from, to, points, windowMs });
        expect(series).toHaveLength(points);
        series.forEach((value, point) => {
          const time = points === 1 ? to : from + ((to - from) * point) / (points - 1);
          const wanted =
            Math.ceil(time / 1000) * 1000 <= START && metric === "rate"
              ? Number.NaN
              : fromStats(store, service, metric, windowMs, time);
          if (Number.isNaN(wanted)) expect(value).toBeNaN();
          else expect(value).toBeCloseTo(wanted, 9);
        });
      }),
      { numRuns: 150 },
    );
  });

  it("is NaN where nothing is known, and a rate of 0 where a watched service was silent", () => {
    const store = createStore();
    run(store, 20, (second) => (second > 10 ? 4 : 0));
    const ask = (metric: Metric, service = "api") => [
      ...store.series(service, { metric, from: at(-5), to: at(20), points: 6, windowMs: 5000 }),
    ];
    expect(ask("rate")).toEqual([Number.NaN, Number.NaN, 0, 0, 4, 4]);
    expect(ask("error_rate")).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN, 0.25, 0.25]);
    expect(ask("availability")).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN, 0.75, 0.75]);
    expect(ask("rate", "nobody")).toEqual(new Array(6).fill(Number.NaN));
  });
});

describe("coarser tiers", () => {
  it("count every request once, over windows of any age", () => {
    const store = createStore({ tiers: TIERS });
    run(store, 1000, () => 3);
    const ages = Array.from({ length: 60 }, (_, n) => [n % 2 ? 24_000 : 300_000, 925 + (n >> 1)] as const);
    for (const [windowMs, end] of [
      ...ages,
      [60_000, 1000],
      [200_000, 1000],
      [996_000, 1000],
      [24_000, 840],
      [120_000, 600],
      [200_000, 997],
    ] as const) {
      const stats = store.stats("api", windowMs, at(end));
      const covered = stats.requestCount / 3;
      // Whole coarse slots count: at most one more at each end.
      expect(covered).toBeGreaterThanOrEqual(windowMs / 1000);
      expect(covered).toBeLessThanOrEqual(windowMs / 1000 + 24);
      expect(stats.requestRate).toBeCloseTo(3, 9);
      expect(stats.errorRate).toBeCloseTo(1 / 3, 9);
      expect(stats.p99).toBeGreaterThan(0.99 * 0.98 * (100 + end));
      expect(stats.max).toBeGreaterThanOrEqual(100 + end);
    }
  });

  it("survive a sleep longer than the finest tier", () => {
    const store = createStore({ tiers: TIERS });
    run(store, 30, () => 3);
    store.advance(at(400));
    store.recorder("api").request(at(400), 10, true);
    store.advance(at(403));
    expect(store.stats("api", 600_000, at(403)).requestCount).toBe(91);
    expect(store.stats("api", 36_000, at(36)).requestCount).toBe(90);
  });

  it("hold a bounded number of bytes, whatever the time and the traffic", () => {
    const bytesAfter = (seconds: number) => {
      const store = createStore({ tiers: TIERS, limits: { histogramBytes: 1 } });
      store.advance(START);
      const api = store.recorder("api");
      for (let second = 1; second <= seconds; second++) {
        store.advance(at(second));
        for (let n = 0; n < 300; n++) api.request(at(second), 1.05 ** ((n * 7 + second) % 260), true);
      }
      expect(store.stats("api", 900_000, at(seconds)).requestCount).toBeGreaterThanOrEqual(900 * 300);
      return store.self().bytes;
    };
    expect(bytesAfter(2400)).toBe(bytesAfter(1500));
  });
});
