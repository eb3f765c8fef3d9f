import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PERCENTILES, type Statistic } from "../../../src/core/measure.ts";
import { createStore, FLEET, type Store } from "../../../src/store/index.ts";
import { at, gauge, LATENCY, REQUESTS, START, seriesOf, windowOf } from "../harness.ts";

/** Three tiers like the real ones, but short. */
const TIERS = [
  { slotMs: 1000, keepMs: 60_000 },
  { slotMs: 4000, keepMs: 240_000 },
  { slotMs: 12_000, keepMs: 1_200_000 },
];
const STATISTICS = ["count", "rate", "mean", "min", "max", ...PERCENTILES] as const;

/** Each second has `perSecond(second)` values of 100 + the second, and as many requests. */
function run(store: Store, seconds: number, perSecond: (second: number) => number): void {
  store.advance(START);
  // The place in this order decides when a series' coarser slots are merged.
  const [, , , api] = ["db", "web", "job", "api"].map((name) => store.recorder(name).histogram(LATENCY));
  const requests = store.recorder("api").counter(REQUESTS);
  const level = store.recorder("api").gauge(gauge("level"));
  for (let second = 1; second <= seconds; second++) {
    store.advance(at(second) - 1);
    for (let n = 0; n < perSecond(second); n++) {
      api!.record(at(second), 100 + second);
      level.set(at(second), second - n);
    }
    requests.add(at(second), perSecond(second));
  }
  store.advance(at(seconds));
}

/** A point, from the window that ends there. */
function fromWindow(
  store: Store,
  entity: string,
  metric: string,
  statistic: Statistic,
  ms: number,
  time: number,
) {
  const series = seriesOf(store, entity, metric);
  if (metric === REQUESTS.name) {
    const { increase, rate } = store.counter(series, ms, time);
    return statistic === "count" ? increase : statistic === "rate" ? rate : Number.NaN;
  }
  if (metric === "level") {
    const window: Readonly<Record<string, number>> = { ...store.gauge(series, ms, time) };
    return window[statistic] ?? Number.NaN;
  }
  const { percentiles, ...window } = store.histogram(series, ms, time);
  const all: Readonly<Record<string, number>> = { ...percentiles, ...window };
  return all[statistic] ?? Number.NaN;
}

describe("values", () => {
  it("have at every point what the same window gives, in every tier", () => {
    const query = fc.record({
      statistic: fc.constantFrom<Statistic>(...STATISTICS, "last"),
      of: fc.constantFrom(
        ["api", LATENCY.name] as const,
        [FLEET, LATENCY.name] as const,
        ["api", REQUESTS.name] as const,
        ["api", "level"] as const,
      ),
      windowMs: fc.constantFrom(1000, 5000, 30_000, 100_000, 500_000),
      back: fc.integer({ min: 0, max: 1_000_000 }),
      length: fc.integer({ min: 0, max: 900_000 }),
      points: fc.integer({ min: 1, max: 25 }),
    });
    const store = createStore({ tiers: TIERS });
    run(store, 1000, (second) => (second % 50 < 20 ? 0 : second % 7));
    fc.assert(
      fc.property(query, ({ statistic, of: [entity, metric], windowMs, back, length, points }) => {
        const to = Math.max(START, at(1000) - back);
        const from = to - length;
        const values = store.values(seriesOf(store, entity, metric), statistic, {
          from,
          to,
          points,
          windowMs,
        });
        expect(values).toHaveLength(points);
        values.forEach((value, point) => {
          const time = points === 1 ? to : from + ((to - from) * point) / (points - 1);
          const counts = statistic === "rate" || statistic === "count";
          const unwatched = store.covered(entity, windowMs, time).toMs <= START && counts;
          const wanted = unwatched
            ? Number.NaN
            : fromWindow(store, entity, metric, statistic, windowMs, time);
          if (Number.isNaN(wanted)) expect(value).toBeNaN();
          else expect(value).toBeCloseTo(wanted, 9);
        });
      }),
      { numRuns: 300 },
    );
  });

  it("are NaN where nothing is known, and a rate of 0 where a watched entity was silent", () => {
    const store = createStore();
    run(store, 20, (second) => (second > 10 ? 4 : 0));
    const ask = (statistic: Statistic, entity = "api") => [
      ...store.values(seriesOf(store, entity), statistic, {
        from: at(-5),
        to: at(20),
        points: 6,
        windowMs: 5000,
      }),
    ];
    const N = Number.NaN;
    expect(ask("rate")).toEqual([N, N, 0, 0, 4, 4]);
    expect(ask("count")).toEqual([N, N, 0, 0, 20, 20]);
    expect(ask("max")).toEqual([N, N, N, N, 115, 120]);
    expect(ask("last")).toEqual([N, N, N, N, N, N]);
    expect(ask("rate", "unknown")).toEqual([N, N, N, N, N, N]);
  });
});

describe("countWithin", () => {
  it("is off by less than the number of values in the bucket of the limit, in all tiers", () => {
    const store = createStore({ tiers: TIERS });
    store.advance(START);
    const handle = store.recorder("api").histogram(LATENCY);
    const values = fc.array(fc.double({ min: 0.01, max: 5000, noNaN: true }), {
      minLength: 1,
      maxLength: 200,
    });
    let second = 0;
    fc.assert(
      fc.property(values, fc.double({ min: -1, max: 6000, noNaN: true }), (all, limit) => {
        second += 300;
        store.advance(at(second - 2));
        all.forEach((value, nth) => {
          if (nth === all.length >> 1) store.advance(at(second) - 1);
          handle.record(at(second) - 1, value);
        });
        store.advance(at(second));
        for (const later of [0, 250]) {
          store.advance(at(second + later));
          const within = store.countWithin(seriesOf(store, "api"), 10_000, at(second), limit);
          const exact = all.filter((value) => value <= limit).length;
          const near = all.filter((value) => Math.abs(value - limit) <= limit / 64).length;
          expect(Math.abs(within - exact)).toBeLessThanOrEqual(near);
          if (limit >= Math.max(...all) || limit < Math.min(...all)) expect(within).toBe(exact);
        }
        second += 300;
      }),
      { numRuns: 100 },
    );
  });

  it("counts values that are equal to the limit when it is the largest value, and the smallest value", () => {
    const store = createStore();
    store.advance(START);
    const handle = store.recorder("api").histogram(LATENCY);
    for (let n = 0; n < 1000; n++) handle.record(at(1), 500);
    const series = seriesOf(store, "api");
    store.advance(at(1));
    expect(store.countWithin(series, 5000, at(1), 500)).toBe(1000);
    handle.record(at(2), 100);
    store.advance(at(2));
    expect(store.countWithin(series, 5000, at(2), 500)).toBe(1001);
    // The smallest of several is within a limit that is equal to it, the largest beyond any limit below it.
    handle.record(at(3), 101.5);
    store.advance(at(3));
    expect(store.countWithin(series, 5000, at(3), 100)).toBe(1);
    expect(store.countWithin(series, 5000, at(3), 496)).toBe(2);
    expect(store.countWithin(series, 5000, at(3), 499.999)).toBeLessThan(1002);
  });

  it("is exact for a limit that is the edge of a bucket, however many values are exactly at it", () => {
    const store = createStore({ tiers: TIERS });
    store.advance(START);
    const handle = store.recorder("api").histogram(LATENCY);
    let second = 0;
    const limits = fc.constantFrom(250, 300, 500, 1000, 2000);
    const values = fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { maxLength: 100 });
    fc.assert(
      fc.property(limits, values, fc.nat(100), (limit, others, equal) => {
        second += 60;
        store.advance(at(second));
        const all = [...others, ...Array<number>(equal).fill(limit)];
        for (const value of all) handle.record(at(second + 1), value);
        store.advance(at(second + 1));
        const exact = all.filter((value) => value <= limit).length;
        expect(store.countWithin(seriesOf(store, "api"), 10_000, at(second + 1), limit)).toBe(exact);
      }),
      { numRuns: 200 },
    );
  });

  it("interpolates evenly spread values to within 1 % of those in the bucket", () => {
    const store = createStore();
    store.advance(START);
    const handle = store.recorder("api").histogram(LATENCY);
    for (let n = 1; n <= 100_000; n++) handle.record(at(1), n / 100);
    store.advance(at(1));
    const series = seriesOf(store, "api");
    for (const limit of [3.217, 99.9, 256, 500.5, 777.77, 999.9]) {
      const bucket = store.distribution(series, 5000, at(1)).find(({ high }) => high > limit)!;
      const within = store.countWithin(series, 5000, at(1), limit);
      expect(Math.abs(within - Math.floor(limit * 100 + 1e-6))).toBeLessThanOrEqual(1 + bucket.count / 100);
    }
    expect(store.countWithin(seriesOf(store, FLEET), 5000, at(1), 500)).toBe(
      store.countWithin(series, 5000, at(1), 500),
    );
  });
});

describe("coarser tiers", () => {
  it("count every value once, over windows of any age", () => {
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
      const window = windowOf(store, "api", windowMs, at(end));
      const { fromMs, toMs, slotMs } = store.covered("api", windowMs, at(end));
      // Whole slots that ended by then; at most one more at the beginning, and less than two fewer at the end.
      expect(toMs).toBeLessThanOrEqual(at(end));
      expect(at(end) - toMs).toBeLessThan(slotMs);
      expect(Math.abs(toMs - fromMs - windowMs)).toBeLessThanOrEqual(slotMs);
      expect(window.count).toBe((3 * (toMs - Math.max(START, fromMs))) / 1000);
      expect(window.rate).toBeCloseTo(3, 9);
      const newest = 100 + (toMs - START) / 1000;
      expect(window.max).toBe(newest);
      expect(window.percentiles.p99).toBeGreaterThan(0.99 * 0.97 * newest);
      const { increase } = store.counter(seriesOf(store, "api", REQUESTS.name), windowMs, at(end));
      expect(increase).toBe(window.count);
    }
  });

  it("survive a sleep longer than the finest tier", () => {
    const store = createStore({ tiers: TIERS });
    run(store, 30, () => 3);
    store.advance(at(400));
    store.recorder("api").histogram(LATENCY).record(at(400), 10);
    store.advance(at(403));
    expect(windowOf(store, "api", 600_000, at(403)).count).toBe(91);
    expect(windowOf(store, "api", 36_000, at(36)).count).toBe(90);
  });

  it("hold a bounded number of bytes, whatever the time and the traffic", () => {
    const bytesAfter = (seconds: number) => {
      const store = createStore({ tiers: TIERS, limits: { histogramBytes: 1 } });
      store.advance(START);
      const api = store.recorder("api").histogram(LATENCY);
      for (let second = 1; second <= seconds; second++) {
        store.advance(at(second));
        for (let n = 0; n < 300; n++) api.record(at(second), 1.05 ** ((n * 7 + second) % 260));
      }
      const window = windowOf(store, "api", 900_000, at(seconds));
      expect(window.count).toBeGreaterThanOrEqual(900 * 300);
      // No distribution of a closed slot is kept: what it would give is unknown.
      expect(windowOf(store, "api", 60_000, at(seconds - 2)).percentiles.p99).toBeNaN();
      expect(store.countWithin(seriesOf(store, "api"), 60_000, at(seconds - 2), 50)).toBeNaN();
      return store.self().bytes;
    };
    expect(bytesAfter(2400)).toBe(bytesAfter(1500));
  });
});
