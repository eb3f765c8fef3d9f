import { describe, expect, it } from "vitest";
import { METRICS_PER_ENTITY } from "../../../src/store/index.ts";
import { at, counter, seriesOf, startStore } from "../harness.ts";

const RETRIES = counter("retries");

describe("counters", () => {
  it("give their increase and rate, over the window and over time", () => {
    const { store } = startStore();
    const recorder = store.recorder("api");
    const [retries, restarts] = [recorder.counter(RETRIES), recorder.counter(counter("restarts"))];
    for (let second = 1; second <= 30; second++) {
      retries.add(at(second), second > 20 ? 3 : 0);
      if (second % 10 === 0) restarts.add(at(second), 1);
      store.advance(at(second));
    }
    const window = (name: string, windowMs: number, seconds: number) =>
      store.counter(seriesOf(store, "api", name), windowMs, at(seconds));
    expect(window("retries", 10_000, 30)).toEqual({ increase: 30, rate: 3 });
    expect(window("restarts", 10_000, 30)).toEqual({ increase: 1, rate: 0.1 });
    expect(window("retries", 10_000, 20)).toEqual({ increase: 0, rate: 0 });
    expect(window("retries", 20_000, 30).rate).toBe(1.5);
    const query = { from: at(-5), to: at(30), points: 8, windowMs: 5000 };
    const series = seriesOf(store, "api", "retries");
    expect([...store.values(series, "rate", query)]).toEqual([Number.NaN, Number.NaN, 0, 0, 0, 0, 3, 3]);
    expect([...store.values(series, "count", query)].slice(2)).toEqual([0, 0, 0, 0, 15, 15]);
    expect(store.values(series, "p99", query).every(Number.isNaN)).toBe(true);
  });

  it("keep 64-bit values exactly, however large their neighbours", () => {
    const { store } = startStore();
    const bytes = store.recorder("api").counter(counter("bytes"));
    const by = (second: number) => (second % 2 ? 2 ** 45 + 1 : 1);
    let all = 0;
    for (let second = 1; second <= 60; second++) {
      bytes.add(at(second), by(second));
      store.advance(at(second));
      all += by(second);
    }
    expect(store.counter(seriesOf(store, "api", "bytes"), 60_000, at(60)).increase).toBe(all);
    expect(store.counter(seriesOf(store, "api", "bytes"), 1000, at(58)).increase).toBe(1);
  });

  it("count what comes late where they stand, and reject what is invalid", () => {
    const { store } = startStore();
    const recorder = store.recorder("api");
    const retries = recorder.counter(RETRIES);
    store.advance(at(10));
    retries.add(at(9.9), 2);
    retries.add(at(8.5), 1);
    for (const by of [-1, Number.NaN, Number.POSITIVE_INFINITY]) retries.add(at(10), by);
    expect(store.self()).toMatchObject({ rejected: 3, late: 1 });
    store.advance(at(11));
    expect(store.counter(seriesOf(store, "api", "retries"), 10_000, at(11)).rate).toBe(0.2);
  });

  it("are rejected when the entity has too many metrics", () => {
    const { store } = startStore();
    const recorder = store.recorder("web");
    for (let n = 0; n < METRICS_PER_ENTITY + 2; n++) recorder.counter(counter(`c${n}`)).add(at(0.5), 1);
    expect(store.seriesOf("web")).toHaveLength(METRICS_PER_ENTITY);
    expect(store.self().rejected).toBe(2);
  });

  it("are kept by the second for 15 minutes and by the minute for 48 hours, and go with their entity", () => {
    const { store } = startStore();
    store.advance(at(1));
    const before = store.self().bytes;
    const retries = store.recorder("web").counter(RETRIES);
    const hours = (h: number) => h * 3600;
    for (let second = 2; second <= hours(50); second += 2) {
      retries.add(at(second), second > hours(49) ? 8 : 2);
      store.advance(at(second));
    }
    const end = hours(50);
    const rate = (from: number, to: number) =>
      store.counter(seriesOf(store, "web", "retries"), (to - from) * 1000, at(to)).rate;
    expect(rate(end - 60, end)).toBe(4);
    expect(rate(hours(20), hours(30))).toBeCloseTo(1, 9);
    expect(rate(0, hours(1))).toBe(0);
    store.remove("web");
    expect(store.self().bytes).toBe(before);
  });
});
