import { describe, expect, it } from "vitest";
import { createStore } from "../../../src/store/index.ts";
import { at, started } from "../rig.ts";

describe("time", () => {
  it("takes what is one slot late, counts what is later", () => {
    const { store, api } = started();
    store.advance(at(10.5));
    api.request(at(9.7), 10, true);
    api.request(at(9), 10, true);
    api.check(at(8), true);
    expect(store.self()).toMatchObject({ late: 2, rejected: 0 });
    expect(store.stats("api", 1000, at(11))).toMatchObject({ requestCount: 1, checkCount: 0 });
  });

  it("puts what comes before the next tick into its own slot, and what is far ahead into the open one", () => {
    const { store, api } = started();
    store.advance(at(1));
    api.request(at(1.5), 10, true);
    expect(store.stats("api", 1000, at(2)).requestCount).toBe(1);
    expect(store.stats("api", 1000, at(1)).requestCount).toBe(0);
    api.request(at(500), 10, true);
    expect(store.stats("api", 1000, at(2)).requestCount).toBe(2);
    expect(store.lastSeen("api").request).toBe(at(1.5));
    for (const seconds of [2, 12, 22]) store.advance(at(seconds));
    // Ten seconds between ticks: ten seconds ahead is nothing unusual.
    api.request(at(31), 10, true);
    expect(store.stats("api", 1000, at(31)).requestCount).toBe(1);
    expect(store.self()).toMatchObject({ late: 0 });
  });

  it("is not carried away by a clock that runs ahead", () => {
    const { store, api } = started();
    for (let n = 1; n <= 100; n++) api.request(at(n), 10, true);
    const web = store.recorder("web");
    web.request(at(0.5), 10, true);
    expect(store.self().late).toBe(0);
    expect(store.stats("web", 2000, at(2)).requestCount).toBe(1);
    expect(store.stats("api", 2000, at(2)).requestCount).toBe(100);
  });

  it("leaves a gap and no burst when the machine has slept", () => {
    const { store, api } = started();
    for (let second = 1; second <= 30; second++) {
      store.advance(at(second));
      api.request(at(second), 10, true);
      store.stats("api", 60_000, at(second));
    }
    const awake = 30 + 5 * 3600;
    store.advance(at(awake));
    expect(store.stats("api", 60_000, at(awake)).requestCount).toBe(0);
    api.request(at(awake), 10, true);
    expect(store.stats("api", 60_000, at(awake)).requestCount).toBe(1);
    const rates = store.series("api", {
      metric: "rate",
      from: at(awake - 600),
      to: at(awake),
      points: 11,
      windowMs: 60_000,
    });
    expect([...rates]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 / 60]);
    expect(store.stats("api", 30_000, at(30)).requestCount).toBe(30);
  });

  it("ignores going backwards and times that are none, and counts both", () => {
    const { store, api } = started();
    store.advance(at(20));
    for (const time of [at(3), Number.NaN, Number.POSITIVE_INFINITY, -1]) store.advance(time);
    api.request(at(20), 10, true);
    expect(store.stats("api", 1000, at(20)).requestCount).toBe(1);
    expect(store.self()).toMatchObject({ late: 0, rejected: 4 });
    for (const time of [Number.NaN, Number.POSITIVE_INFINITY, -1]) api.heartbeat(time);
    expect(store.self()).toMatchObject({ late: 0, rejected: 7 });
    store.advance(at(20));
    expect(store.self().rejected).toBe(7);
    expect(store.lastSeen("api").heartbeat).toBeUndefined();
  });

  it("tells what is late from a clock that has run back", () => {
    const { store, api } = started();
    store.advance(at(3600));
    api.request(at(3600 - 599), 10, true);
    expect(store.self()).toMatchObject({ late: 1, rejected: 0 });
    api.request(at(3600 - 602), 10, true);
    api.request(at(-7200), 10, true);
    expect(store.self()).toMatchObject({ late: 1, rejected: 2 });
    expect(store.stats("api", 7_200_000, at(3600)).requestCount).toBe(0);
  });

  it("begins with the first observation when nobody told the time", () => {
    const store = createStore();
    const api = store.recorder("api");
    for (const seconds of [1, 2, 3]) api.request(at(seconds), 10, true);
    expect(store.stats("api", 60_000, at(3))).toMatchObject({ requestCount: 3, requestRate: 1 });
  });
});
