import { describe, expect, it } from "vitest";
import { createStore, type Store } from "../../../src/store/index.ts";
import { at, gauge, START, seriesOf, startStore } from "../harness.ts";

const CPU = gauge("cpu");

/** A statistic of a gauge in each of `points` even steps from `from` to `to`, s. */
function steps(
  store: Store,
  name: string,
  [from, to]: readonly [number, number],
  points: number,
  of: "last" | "min" | "mean" | "max" = "last",
  entity = "api",
): number[] {
  const windowMs = ((to - from) * 1000) / Math.max(1, points - 1);
  return [
    ...store.values(seriesOf(store, entity, name), of, { from: at(from), to: at(to), points, windowMs }),
  ];
}

describe("gauges", () => {
  it("give their newest value and when it was set", () => {
    const { store } = startStore();
    const cpu = store.recorder("api").gauge(CPU);
    const read = (second: number) => {
      store.advance(at(second));
      const series = seriesOf(store, "api", "cpu");
      const { last } = store.gauge(series, 1000, at(second));
      expect(store.newest(series, 1000, at(second))).toBe(last);
      return [last, store.lastSet(series)];
    };
    expect(read(1)).toEqual([Number.NaN, undefined]);
    cpu.set(at(1.1), 40);
    expect(read(2)).toEqual([40, at(1.1)]);
    cpu.set(at(2.3), 60);
    cpu.set(at(2.2), 50);
    expect(read(3)).toEqual([60, at(2.3)]);
    cpu.set(at(3.3), 1);
    cpu.set(at(3.3), 0);
    expect(read(4)).toEqual([0, at(3.3)]);
    expect(read(5)).toEqual([Number.NaN, at(3.3)]);
  });

  it("may be negative, and keep all digits", () => {
    const { store, temperature } = startStore();
    const values = [-40.123456789012, -1e300, 12.5, -0.1];
    values.forEach((value, nth) => {
      temperature.set(at(1 + nth), value);
      store.advance(at(1 + nth));
    });
    const window = store.gauge(seriesOf(store, "api", "temperature"), 4000, at(4));
    expect(window).toMatchObject({ last: -0.1, min: -1e300, max: 12.5 });
    expect(steps(store, "temperature", [1, 4], 4)).toEqual(values);
    expect(store.self().rejected).toBe(0);
  });

  it("give the newest value in each step", () => {
    const { store } = startStore();
    for (const seconds of [1, 1.5, 2, 5, 6]) {
      store.advance(at(seconds) - 1);
      store.recorder("api").gauge(CPU).set(at(seconds), seconds);
      store.advance(at(seconds));
    }
    const N = Number.NaN;
    expect(steps(store, "cpu", [0, 6], 7)).toEqual([N, 1, 2, N, N, 5, 6]);
    expect(steps(store, "cpu", [0, 6], 3)).toEqual([N, 2, 6]);
    expect(steps(store, "cpu", [0, 6], 1)).toEqual([6]);
    expect(steps(store, "disk", [0, 6], 2)).toEqual([N, N]);
    expect(steps(store, "cpu", [0, 6], 2, "last", "unknown")).toEqual([N, N]);
  });

  it("give extremes and mean of each step, from the slots within it", () => {
    const { store } = startStore();
    const cpu = store.recorder("api").gauge(CPU);
    [10, 90, 20, 30, 40, 50].forEach((value, nth) => {
      cpu.set(at(1 + nth * 0.5), value);
      store.advance(at(1 + nth * 0.5));
    });
    const ask = (of: "last" | "min" | "mean" | "max", points: number) =>
      steps(store, "cpu", [1, 4], points, of);
    store.advance(at(4));
    // By the second: (0, 1] 10; (1, 2] 90, 20; (2, 3] 30, 40; (3, 4] 50.
    expect(ask("last", 4)).toEqual([10, 20, 40, 50]);
    expect(ask("min", 4)).toEqual([10, 20, 30, 50]);
    expect(ask("mean", 4)).toEqual([10, 55, 35, 50]);
    expect(ask("max", 4)).toEqual([10, 90, 40, 50]);
    expect(ask("max", 1)).toEqual([90]);
    expect(ask("min", 1)).toEqual([20]);
  });

  it("reach back less far the more of them there are", () => {
    const store = createStore({ limits: { scalarBytes: 36 * 3 * 400 } });
    store.advance(START);
    const names = ["a", "b", "c", "d"];
    const seen = (name: string) =>
      steps(store, name, [1, 600], 600).filter((value) => !Number.isNaN(value)).length;
    for (let second = 1; second <= 600; second++) {
      for (const name of second > 300 ? names : ["a"])
        store.recorder("api").gauge(gauge(name)).set(at(second), second);
      store.advance(at(second));
      if (second === 300) expect(seen("a")).toBe(300);
    }
    // 400 slots for all in a tier, so 100 each; older ones come from a coarser tier.
    expect(store.covered("api", 1000, at(499))).toMatchObject({ slotMs: 10_000, toMs: at(490) });
    expect(steps(store, "b", [501, 600], 100)).toEqual(Array.from({ length: 100 }, (_, nth) => 501 + nth));
    expect(steps(store, "a", [100, 160], 2).every((value) => value > 0)).toBe(true);
    const fine = store.self().bytes;
    store.remove("api");
    expect(fine - store.self().bytes).toBeGreaterThan(4 * 100 * 36);
    // What they shared is free for others.
    for (let second = 601; second <= 900; second++) {
      store.recorder("web").gauge(CPU).set(at(second), second);
      store.advance(at(second));
    }
    const cpu = steps(store, "cpu", [601, 900], 300, "last", "web");
    expect(cpu).toEqual(Array.from({ length: 300 }, (_, nth) => 601 + nth));
  });

  it("are kept by the second for 15 minutes and by the minute for 48 hours, in bounded memory", () => {
    const { store } = startStore();
    const cpu = store.recorder("api").gauge(CPU);
    const hours = (h: number) => h * 3600;
    let bytes = 0;
    for (let seconds = 5; seconds <= hours(60); seconds += 5) {
      store.advance(at(seconds) - 1);
      cpu.set(at(seconds), seconds % 1000);
      store.advance(at(seconds));
      if (seconds === hours(50)) bytes = store.self().bytes;
    }
    expect(store.self().bytes).toBe(bytes);
    const end = hours(60);
    const value = (seconds: number) => seconds % 1000;
    const near = steps(store, "cpu", [end - 60, end], 13);
    expect(near).toEqual(Array.from({ length: 13 }, (_, n) => value(end - 60 + n * 5)));
    const far = steps(store, "cpu", [end - hours(40), end], 41);
    expect(far).toEqual(Array.from({ length: 41 }, (_, n) => value(end - hours(40 - n))));
    expect(steps(store, "cpu", [0, hours(2)], 2)[1]).toBeNaN();
  });
});

it("is current for as long as the monitor did not run, once its window, and then unknown", () => {
  const newestAfter = (stopMs: number) => {
    const { store, temperature } = startStore();
    temperature.set(at(1), 40);
    store.advance(at(1));
    const from = START + 1_500;
    const now = from + stopMs;
    store.notObserved({ from, to: now });
    store.advance(now);
    const series = store.find("api", "temperature")!;
    return [store.newest(series, 5_000, now), store.gauge(series, 5_000, now).last];
  };
  for (const stopMs of [500, 4_000, 6_000, 8_000]) expect(newestAfter(stopMs)).toEqual([40, 40]);
  for (const stopMs of [11_000, 60_000, 3_600_000]) {
    expect(newestAfter(stopMs)).toEqual([Number.NaN, Number.NaN]);
  }
});
