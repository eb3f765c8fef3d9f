import { describe, expect, it } from "vitest";
import { FLEET } from "../../src/store/types.ts";
import { at, START, started } from "./rig.ts";

describe("windows", () => {
  it("answers for an unknown service as if nothing was ever seen", () => {
    const { store } = started();
    expect(store.stats("nobody", 5000, START)).toEqual({ ...store.stats("api", 5000, START) });
    expect(store.stats("nobody", 5000, START)).toMatchObject({
      requestCount: 0,
      requestRate: 0,
      errorRate: 0,
      availability: undefined,
      p99: 0,
      mean: 0,
      min: 0,
      max: 0,
    });
    expect(store.distribution("nobody", 5000, START)).toEqual([]);
    expect(store.lastSeen("nobody").any).toBeUndefined();
    expect(store.failures("nobody")).toEqual([]);
    expect(store.gauges("nobody").size).toBe(0);
  });

  it("lets a request go when its slot leaves the window, not before", () => {
    const { store, api } = started();
    api.request(at(0.5), 10, true);
    store.advance(at(5));
    expect(store.stats("api", 5000, at(5)).requestCount).toBe(1);
    store.advance(at(5.9));
    expect(store.stats("api", 5000, at(5.9)).requestCount).toBe(1);
    store.advance(at(6));
    expect(store.stats("api", 5000, at(6)).requestCount).toBe(0);
  });

  it("includes the instant a window ends at and excludes the one it begins at", () => {
    const { store, api } = started();
    api.request(at(1), 10, true);
    api.request(at(1.001), 20, true);
    store.advance(at(6));
    expect(store.stats("api", 5000, at(6))).toMatchObject({ requestCount: 1, min: 20 });
    expect(store.stats("api", 5000, at(1))).toMatchObject({ requestCount: 1, min: 10 });
  });

  it("tells the rate over the time watched, at least a second", () => {
    const { store, api } = started();
    api.request(at(0.2), 10, true);
    expect(store.stats("api", 60_000, at(0.2)).requestRate).toBe(1);
    for (let n = 1; n < 30; n++) api.request(at(n / 10), 10, true);
    store.advance(at(3));
    expect(store.stats("api", 60_000, at(3)).requestRate).toBeCloseTo(9.6666 + 1 / 3, 3);
    const late = store.recorder("late");
    for (let n = 1; n <= 20; n++) late.request(at(3 + n / 10), 10, true);
    store.advance(at(5));
    expect(store.stats("late", 60_000, at(5)).requestRate).toBe(10);
  });

  it("takes availability from checks where there are any, else from requests", () => {
    const { store, api } = started();
    for (let n = 0; n < 4; n++) api.request(at(0.5), 10, n > 0);
    expect(store.stats("api", 5000, at(0.5)).availability).toBe(75);
    api.check(at(0.6), true);
    api.check(at(0.6), false);
    expect(store.stats("api", 5000, at(0.6))).toMatchObject({
      availability: 50,
      checkCount: 2,
      failedCheckCount: 1,
    });
  });

  it("counts latencies outside the range by the extremes seen", () => {
    const { store, api } = started();
    api.request(at(0.1), 0, true);
    expect(store.stats("api", 5000, at(1))).toMatchObject({ p50: 0, p99: 0, max: 0 });
    api.request(at(0.1), 9e6, true);
    api.request(at(0.1), 9e6, true);
    expect(store.stats("api", 5000, at(1))).toMatchObject({ p50: 9e6, p99: 9e6, min: 0 });
    expect(store.distribution("api", 5000, at(1))).toEqual([
      { lowMs: 0, highMs: 2 ** -10, count: 1 },
      { lowMs: 2 ** 22, highMs: Number.POSITIVE_INFINITY, count: 2 },
    ]);
  });

  it("counts more requests of one latency than a byte holds, in the open slot and after", () => {
    const { store, api } = started();
    for (let n = 0; n < 1000; n++) api.request(at(0.5), n < 600 ? 5 : 70, true);
    const count = () => store.distribution("api", 5000, at(2)).map((bucket) => bucket.count);
    expect(count()).toEqual([600, 400]);
    store.advance(at(2));
    expect(count()).toEqual([600, 400]);
    for (let n = 0; n < 257; n++) api.request(at(1.5), 5, true);
    expect(count()).toEqual([857, 400]);
    expect(store.distribution(FLEET, 5000, at(2)).map((bucket) => bucket.count)).toEqual([857, 400]);
  });
});

describe("share within a threshold", () => {
  it("counts latencies up to it, to within a bucket, in closed slots and the open one", () => {
    const { store, api } = started();
    const share = (thresholdMs: number, seconds: number) =>
      store.shareWithin("api", 10_000, at(seconds), thresholdMs);
    expect(share(100, 1)).toBeNaN();
    for (let n = 1; n <= 60; n++) api.request(at(0.5), n, true);
    store.advance(at(2));
    for (let n = 61; n <= 100; n++) api.request(at(2), n, true);
    for (const threshold of [1, 30, 60.5, 80, 99]) {
      expect(share(threshold, 2) * 100).toBeGreaterThanOrEqual(Math.floor(threshold));
      expect(share(threshold, 2) * 100).toBeLessThanOrEqual(Math.floor(threshold * 1.016));
    }
    expect([share(0, 2), share(-5, 2), share(0.9, 2), share(100, 2), share(1e9, 2)]).toEqual([0, 0, 0, 1, 1]);
    expect(store.shareWithin(FLEET, 10_000, at(2), 50)).toBe(share(50, 2));
    expect(store.shareWithin("nobody", 10_000, at(2), 50)).toBeNaN();
  });
});

describe("observations", () => {
  it("refuses values that cannot be", () => {
    const { store, api } = started();
    for (const value of [Number.NaN, -1, Number.POSITIVE_INFINITY]) {
      api.request(at(0.1), value, false);
      api.gauge(at(0.1), "cpu", value);
    }
    api.request(at(0.1), 86_400_001, false);
    api.request(at(0.1), 1e300, false);
    expect(store.self().rejected).toBe(8);
    expect(store.stats("api", 5000, at(1))).toMatchObject({ requestCount: 0, errorCount: 0 });
    expect(store.gauges("api").size).toBe(0);
    expect(store.lastSeen("api").any).toBeUndefined();
  });

  it("tells when each kind was last seen", () => {
    const { store, api } = started();
    api.heartbeat(at(0.1));
    api.check(at(0.2), true);
    api.check(at(0.3), false);
    api.request(at(0.4), 1, true);
    api.gauge(at(0.5), "cpu", 1);
    expect(store.lastSeen("api")).toEqual({
      heartbeat: at(0.1),
      pass: at(0.2),
      check: at(0.3),
      request: at(0.4),
      any: at(0.5),
    });
  });

  it("keeps the newest twenty failures, newest first", () => {
    const { store, api } = started();
    for (let n = 0; n < 24; n++) api.request(at(n / 100), 1, false, `timeout ${n}`);
    api.check(at(0.5), false);
    const failures = store.failures("api");
    expect(failures).toHaveLength(20);
    expect(failures[0]).toEqual({ at: at(0.5), reason: "check failed" });
    expect(failures[1]).toEqual({ at: at(0.23), reason: "timeout 23" });
    expect(failures[19]?.reason).toBe("timeout 5");
  });

  it("forgets a removed service; added again it starts afresh", () => {
    const { store, api } = started();
    store.recorder("first").request(at(0.5), 10, false);
    store.remove("first");
    const before = store.self().bytes;
    store.recorder("gone").request(at(0.5), 10, false);
    store.recorder("gone").gauge(at(0), "cpu", 10);
    store.recorder("gone").gauge(at(0.5), "cpu", 10);
    expect(store.self().bytes).toBeGreaterThan(before);
    const old = store.recorder("gone");
    store.remove("gone");
    old.request(at(0.6), 10, true);
    expect(store.self()).toMatchObject({ services: 1, bytes: before });
    expect(store.stats("gone", 5000, at(1)).requestCount).toBe(0);
    const again = store.recorder("gone");
    expect(again).not.toBe(old);
    expect(store.recorder("gone")).toBe(again);
    expect([store.failures("gone"), store.gauges("gone").size, store.lastSeen("gone").any]).toEqual([
      [],
      0,
      undefined,
    ]);
    api.request(at(0.7), 10, true);
    expect(store.stats(FLEET, 5000, at(1)).requestCount).toBe(3);
    expect(() => store.recorder(FLEET)).toThrow("another name");
  });

  it("takes no more memory however many services came and went", () => {
    const { store } = started();
    const comeAndGo = (n: number) => {
      for (let ms = 1; ms < 5000; ms *= 2) store.recorder(`s${n}`).request(at(0.5), ms, true);
      store.remove(`s${n}`);
    };
    comeAndGo(0);
    const { bytes } = store.self();
    for (let n = 1; n < 50; n++) comeAndGo(n);
    expect(store.self().bytes).toBe(bytes);
  });

  it("takes little for a silent service", () => {
    const { store } = started();
    const before = store.self().bytes;
    for (let n = 0; n < 100; n++) store.recorder(`s${n}`).heartbeat(at(0.5));
    store.advance(at(100));
    expect((store.self().bytes - before) / 100).toBeLessThan(1000);
  });
});
