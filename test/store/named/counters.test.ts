import { describe, expect, it } from "vitest";
import { at, started } from "../rig.ts";

describe("counters", () => {
  it("tell how much they grew a second, over the window and over time", () => {
    const { store, api } = started();
    for (let second = 1; second <= 30; second++) {
      store.advance(at(second));
      api.count(at(second), "retries", second > 20 ? 3 : 0);
      if (second % 10 === 0) api.count(at(second), "restarts", 1);
    }
    expect(store.counterRates("api", 10_000, at(30))).toEqual(
      new Map([
        ["retries", 3],
        ["restarts", 0.1],
      ]),
    );
    expect(store.counterRates("api", 10_000, at(20)).get("retries")).toBe(0);
    expect(store.counterRates("api", 20_000, at(30)).get("retries")).toBe(1.5);
    const steps = [...store.counterSeries("api", "retries", at(-5), at(30), 8)];
    expect(steps).toEqual([Number.NaN, Number.NaN, 0, 0, 0, 0, 3, 3]);
    expect(store.counterSeries("api", "unheard-of", at(0), at(30), 2).every(Number.isNaN)).toBe(true);
    expect(store.counterRates("nobody", 10_000, at(30)).size).toBe(0);
  });

  it("count what comes late where they stand, and refuse what cannot be", () => {
    const { store, api } = started();
    store.advance(at(10));
    api.count(at(9.9), "retries", 2);
    api.count(at(8.5), "retries", 1);
    for (const by of [-1, Number.NaN, Number.POSITIVE_INFINITY]) api.count(at(10), "retries", by);
    for (let n = 0; n < 64; n++) api.count(at(10), `c${n}`, 1);
    expect(store.self()).toMatchObject({ rejected: 4, late: 0 });
    expect(store.counterRates("api", 10_000, at(10)).get("retries")).toBe(0.3);
  });

  it("are kept by the second for 15 minutes and by the minute for 48 hours, and go with their service", () => {
    const { store, api } = started();
    store.advance(at(1));
    const before = store.self().bytes;
    const hours = (h: number) => h * 3600;
    for (let second = 2; second <= hours(50); second += 2) {
      store.advance(at(second));
      api.count(at(second), "retries", second > hours(49) ? 8 : 2);
    }
    const end = hours(50);
    const rate = (from: number, to: number) => store.counterSeries("api", "retries", at(from), at(to), 1)[0];
    expect(rate(end - 60, end)).toBe(4);
    expect(rate(hours(20), hours(30))).toBeCloseTo(1, 9);
    expect(rate(0, hours(1))).toBe(0);
    store.remove("api");
    expect(store.self().bytes).toBe(before);
  });
});
