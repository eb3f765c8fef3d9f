import { describe, expect, it } from "vitest";
import { createStore } from "../../../src/store/index.ts";
import { at, LATENCY, REQUESTS, seriesOf, startStore, windowOf } from "../harness.ts";

describe("time", () => {
  it("takes what is one slot late, counts what is later", () => {
    const { store, api, requests } = startStore();
    store.advance(at(10.5));
    api.record(at(9.7), 10);
    api.record(at(9), 10);
    requests.add(at(8), 1);
    expect(store.self()).toMatchObject({ late: 2, rejected: 0 });
    store.advance(at(11));
    expect(windowOf(store, "api", 1000, at(11)).count).toBe(1);
    expect(store.counter(seriesOf(store, "api", REQUESTS.name), 1000, at(11)).increase).toBe(0);
  });

  it("puts what comes before the next tick into its own slot, and what is far ahead into the open one", () => {
    const { store, api } = startStore();
    store.advance(at(1));
    api.record(at(1.5), 10);
    api.record(at(500), 10);
    expect(windowOf(store, "api", 1000, at(2)).count).toBe(0);
    expect(store.lastSeen("api")).toBe(at(1.5));
    store.advance(at(2));
    expect(windowOf(store, "api", 1000, at(2)).count).toBe(2);
    expect(windowOf(store, "api", 1000, at(1)).count).toBe(0);
    for (const seconds of [12, 22]) store.advance(at(seconds));
    // Ten seconds between ticks: ten seconds ahead is usual.
    api.record(at(31), 10);
    store.advance(at(32));
    expect(windowOf(store, "api", 1000, at(31)).count).toBe(1);
    expect(store.self()).toMatchObject({ late: 0 });
  });

  it("does not follow a clock that runs ahead", () => {
    const { store, api } = startStore();
    for (let n = 1; n <= 100; n++) api.record(at(n), 10);
    const web = store.recorder("web").histogram(LATENCY);
    web.record(at(0.5), 10);
    store.advance(at(2));
    expect(store.self().late).toBe(0);
    expect(windowOf(store, "web", 2000, at(2)).count).toBe(1);
    expect(windowOf(store, "api", 2000, at(2)).count).toBe(100);
  });

  it("leaves a gap and no burst when the machine has slept", () => {
    const { store, api } = startStore();
    for (let second = 1; second <= 30; second++) {
      api.record(at(second), 10);
      store.advance(at(second));
      windowOf(store, "api", 60_000, at(second));
    }
    const awake = 30 + 5 * 3600;
    store.advance(at(awake));
    expect(windowOf(store, "api", 60_000, at(awake)).count).toBe(0);
    api.record(at(awake + 60), 10);
    store.advance(at(awake + 60));
    expect(windowOf(store, "api", 60_000, at(awake + 60)).count).toBe(1);
    const rates = store.values(seriesOf(store, "api"), "rate", {
      from: at(awake - 540),
      to: at(awake + 60),
      points: 11,
      windowMs: 60_000,
    });
    expect([...rates]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 / 60]);
    // Five hours back only whole minutes are known: the first one ended at 60 s.
    expect(windowOf(store, "api", 30_000, at(59)).count).toBe(0);
    expect(windowOf(store, "api", 30_000, at(60)).count).toBe(30);
  });

  it("ignores going backwards and invalid times, and counts both", () => {
    const { store, api } = startStore();
    store.advance(at(20));
    for (const time of [at(3), Number.NaN, Number.POSITIVE_INFINITY, -1]) store.advance(time);
    api.record(at(20), 10);
    store.advance(at(21));
    expect(windowOf(store, "api", 1000, at(21)).count).toBe(1);
    expect(store.self()).toMatchObject({ late: 0, rejected: 4 });
    for (const time of [Number.NaN, Number.POSITIVE_INFINITY, -1])
      store.recorder("web").lifeSign("heartbeat").seen(time);
    expect(store.self()).toMatchObject({ late: 0, rejected: 7 });
    store.advance(at(21));
    expect(store.self().rejected).toBe(7);
    expect(store.lifeSigns("web")).toEqual([]);
  });

  it("distinguishes what is late from a clock that has run back", () => {
    const { store, api } = startStore();
    store.advance(at(3600));
    api.record(at(3600 - 599), 10);
    expect(store.self()).toMatchObject({ late: 1, rejected: 0 });
    api.record(at(3600 - 602), 10);
    api.record(at(-7200), 10);
    expect(store.self()).toMatchObject({ late: 1, rejected: 2 });
    expect(windowOf(store, "api", 7_200_000, at(3600)).count).toBe(0);
  });

  it("begins with the first observation when advance was not called before", () => {
    const store = createStore();
    const api = store.recorder("api").histogram(LATENCY);
    for (const seconds of [1, 2, 3]) api.record(at(seconds), 10);
    expect(windowOf(store, "api", 60_000, at(3))).toMatchObject({ count: 0, rate: 0 });
    store.advance(at(3));
    expect(windowOf(store, "api", 60_000, at(3))).toMatchObject({ count: 3, rate: 1 });
  });
});
