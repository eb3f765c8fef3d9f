import { describe, expect, it } from "vitest";
import { FLEET } from "../../src/store/index.ts";
import {
  at,
  counter,
  FAILED,
  gauge,
  LATENCY,
  REQUESTS,
  START,
  seriesOf,
  startStore,
  windowOf,
} from "./harness.ts";

describe("windows", () => {
  it("answers for unknown entities and metrics as if nothing was ever recorded", () => {
    const { store } = startStore();
    const unknown = seriesOf(store, "unknown");
    expect(store.find("unknown", LATENCY.name)).toBeUndefined();
    expect(store.find("api", "unknown")).toBeUndefined();
    expect(store.find(FLEET, "unknown")).toBeUndefined();
    expect(store.histogram(unknown, 5000, START)).toEqual(windowOf(store, "api", 5000, START));
    expect(store.histogram(unknown, 5000, START)).toMatchObject({ count: 0, rate: 0, mean: Number.NaN });
    expect(store.distribution(unknown, 5000, START)).toEqual([]);
    expect(store.countWithin(unknown, 5000, START, 100)).toBe(0);
    expect(store.counter(unknown, 5000, START)).toEqual({ increase: 0, rate: 0 });
    expect(store.gauge(unknown, 5000, START).last).toBeNaN();
    expect([store.lastSeen("unknown"), store.lastSet(unknown)]).toEqual([undefined, undefined]);
    expect([store.failures("unknown"), store.seriesOf("unknown"), store.lifeSigns("unknown")]).toEqual([
      [],
      [],
      [],
    ]);
    expect([store.keptSince("unknown"), store.generation("unknown")]).toEqual([Number.NaN, 0]);
  });

  it("lets a value go when its slot leaves the window, not before", () => {
    const { store, api } = startStore();
    api.record(at(0.5), 10);
    for (const [seconds, count] of [
      [5, 1],
      [5.9, 1],
      [6, 0],
    ] as const) {
      store.advance(at(seconds));
      expect(windowOf(store, "api", 5000, at(seconds)).count).toBe(count);
    }
  });

  it("does not count the time before an entity was observed in its rates", () => {
    const { store, api } = startStore();
    store.advance(at(60));
    store.observedFrom("api", at(60));
    for (let half = 0; half < 10; half++) {
      api.record(at(60.25 + half / 2), 20);
      store.advance(at(60.5 + half / 2));
    }
    expect(windowOf(store, "api", 15_000, at(65)).rate).toBe(2);
    // What was seen is not forgotten.
    store.observedFrom("api", at(65));
    expect(windowOf(store, "api", 15_000, at(65)).rate).toBe(2);
  });

  it("reads 0 as 0, also beside values above it", () => {
    const { store, api } = startStore();
    for (const value of [0, 0, 0, 0, 40]) api.record(at(0.5), value);
    store.advance(at(1));
    const { percentiles, min, max } = windowOf(store, "api", 5000, at(1));
    expect(percentiles.p50).toBe(0);
    expect(Math.abs(percentiles.p99 / 40 - 1)).toBeLessThan(0.008);
    expect([min, max]).toEqual([0, 40]);
  });

  it("includes the instant a window ends at and excludes the one it begins at", () => {
    const { store, api } = startStore();
    api.record(at(1), 10);
    api.record(at(1.001), 20);
    store.advance(at(6));
    expect(windowOf(store, "api", 5000, at(6))).toMatchObject({ count: 1, min: 20 });
    expect(windowOf(store, "api", 5000, at(1))).toMatchObject({ count: 1, min: 10 });
  });

  it("computes the rate over the time the entity was watched, at least a second", () => {
    const { store, api } = startStore();
    api.record(at(0.2), 10);
    store.advance(at(1));
    expect(windowOf(store, "api", 60_000, at(1)).rate).toBe(1);
    for (let n = 11; n < 40; n++) {
      store.advance(at((n - 1) / 10));
      api.record(at(n / 10), 10);
    }
    store.advance(at(4));
    expect(windowOf(store, "api", 60_000, at(4)).rate).toBeCloseTo(7.5, 9);
    const late = store.recorder("late").histogram(LATENCY);
    for (let n = 1; n <= 20; n++) late.record(at(4 + n / 10), 10);
    store.advance(at(6));
    expect(windowOf(store, "late", 60_000, at(6)).rate).toBe(10);
    // A series that begins later than its entity had no values before: that is known.
    store.recorder("api").histogram(FAILED).record(at(7), 10);
    store.advance(at(8));
    expect(store.histogram(seriesOf(store, "api", FAILED.name), 60_000, at(8)).rate).toBeCloseTo(1 / 8, 9);
  });

  it("counts values outside the range of the buckets by the extremes seen", () => {
    const { store, api } = startStore();
    api.record(at(0.1), 0);
    store.advance(at(1));
    expect(windowOf(store, "api", 5000, at(1))).toMatchObject({ percentiles: { p50: 0, p99: 0 }, max: 0 });
    api.record(at(1.1), 9e6);
    api.record(at(1.1), 9e6);
    store.advance(at(2));
    expect(windowOf(store, "api", 5000, at(2))).toMatchObject({
      percentiles: { p50: 9e6, p99: 9e6 },
      min: 0,
    });
    expect(store.distribution(seriesOf(store, "api"), 5000, at(2))).toEqual([
      { low: 0, high: 2 ** -10, count: 1 },
      { low: 2 ** 22, high: Number.POSITIVE_INFINITY, count: 2 },
    ]);
  });

  it("counts more values of one bucket than a byte holds", () => {
    const { store, api } = startStore();
    for (let n = 0; n < 1000; n++) api.record(at(0.5), n < 600 ? 5 : 70);
    const count = (entity = "api") =>
      store.distribution(seriesOf(store, entity), 5000, at(2)).map((bucket) => bucket.count);
    store.advance(at(1));
    expect(count()).toEqual([600, 400]);
    for (let n = 0; n < 257; n++) api.record(at(1.5), 5);
    store.advance(at(2));
    expect(count()).toEqual([857, 400]);
    expect(count(FLEET)).toEqual([857, 400]);
  });

  it("keeps the histograms of one entity apart, and only those marked for the fleet in the fleet", () => {
    const { store, api } = startStore();
    const failed = store.recorder("api").histogram(FAILED);
    for (let second = 1; second <= 10; second++) {
      for (let n = 0; n < 9; n++) api.record(at(second), 10);
      failed.record(at(second), 500);
      store.advance(at(second));
    }
    expect(windowOf(store, "api", 5000, at(10))).toMatchObject({ count: 45, max: 10 });
    expect(store.histogram(seriesOf(store, "api", FAILED.name), 5000, at(10))).toMatchObject({
      count: 5,
      min: 500,
    });
    expect(windowOf(store, FLEET, 5000, at(10)).count).toBe(45);
    expect(store.find(FLEET, FAILED.name)).toBeUndefined();
    expect(store.seriesOf(FLEET).map(({ metric }) => metric)).toEqual([LATENCY]);
    const listed = store.seriesOf("api");
    expect(listed.map(({ metric }) => metric.name)).toEqual([
      LATENCY.name,
      REQUESTS.name,
      "temperature",
      FAILED.name,
    ]);
    expect(store.seriesOf("api")).toBe(listed);
  });
});

describe("observations", () => {
  it("rejects invalid values and those outside the range of the metric, and counts them", () => {
    const { store, api, requests, temperature } = startStore();
    const level = store.recorder("api").gauge(gauge("level", { min: 0, max: 10 }));
    for (const value of [Number.NaN, -1, Number.POSITIVE_INFINITY]) {
      expect(api.record(at(0.1), value)).toBe(false);
      requests.add(at(0.1), value);
    }
    expect(api.record(at(0.1), 86_400_001)).toBe(false);
    for (const value of [Number.NaN, Number.NEGATIVE_INFINITY]) temperature.set(at(0.1), value);
    for (const value of [-0.1, 10.1]) level.set(at(0.1), value);
    expect(store.self().rejected).toBe(11);
    expect(windowOf(store, "api", 5000, at(1)).count).toBe(0);
    expect(store.lastSeen("api")).toBeUndefined();
    expect(store.lastSet(seriesOf(store, "api", "level"))).toBeUndefined();
  });

  it("rejects a metric whose name is that of another type", () => {
    const { store } = startStore();
    store.recorder("api").counter(counter(LATENCY.name)).add(at(0.1), 1);
    expect(store.self().rejected).toBe(1);
    expect(store.find("api", LATENCY.name)?.metric).toBe(LATENCY);
  });

  it.each(["histogram", "counter", "labelled counter", "gauge", "labelled gauge", "life sign", "failure"])(
    "are seen when only a %s is recorded",
    (type) => {
      const { store } = startStore();
      const recorder = store.recorder("web");
      expect(store.lastSeen("web")).toBeUndefined();
      const labels = { queue: "a" };
      if (type === "histogram") recorder.histogram(FAILED).record(at(0.5), 1);
      if (type === "counter") recorder.counter(REQUESTS).add(at(0.5), 0);
      if (type === "labelled counter") recorder.counter(REQUESTS, labels).add(at(0.5), 1);
      if (type === "gauge") recorder.gauge(gauge("g")).set(at(0.5), 1);
      if (type === "labelled gauge") recorder.gauge(gauge("g"), labels).set(at(0.5), 1);
      if (type === "life sign") recorder.lifeSign("heartbeat").seen(at(0.5));
      if (type === "failure") recorder.failure(at(0.5), "refused");
      expect(store.lastSeen("web")).toBe(at(0.5));
      store.advance(at(300));
      expect(store.lastSeen("web")).toBe(at(0.5));
    },
  );

  it("lists signs of life that were seen or missed, and is not seen by a missed one", () => {
    const { store } = startStore();
    const recorder = store.recorder("web");
    const heartbeat = recorder.lifeSign("heartbeat");
    recorder.lifeSign("unused");
    recorder.lifeSign("check").missed(at(0.2));
    expect(store.lifeSigns("web").map(({ name, lastSeenAt }) => ({ name, lastSeenAt }))).toEqual([
      { name: "check", lastSeenAt: undefined },
    ]);
    expect(store.lastSeen("web")).toBeUndefined();
    heartbeat.seen(at(0.4));
    heartbeat.seen(at(0.3));
    recorder.lifeSign("heartbeat").missed(at(0.5));
    expect(store.lifeSigns("web").map(({ name, lastSeenAt }) => ({ name, lastSeenAt }))).toEqual([
      { name: "heartbeat", lastSeenAt: at(0.4) },
      { name: "check", lastSeenAt: undefined },
    ]);
  });

  it("lists the newest twenty failures, newest first", () => {
    const { store } = startStore();
    const recorder = store.recorder("api");
    for (let n = 0; n < 25; n++) recorder.failure(at(n / 100 + 0.001), `timeout ${n}`);
    expect(store.failures("api")).toEqual([]);
    store.advance(at(1));
    const failures = store.failures("api");
    expect(failures).toHaveLength(20);
    expect(failures[0]).toEqual({ at: at(0.241), reason: "timeout 24" });
    expect(failures[19]?.reason).toBe("timeout 5");
    expect(store.failures("api")).toBe(failures);
  });
});

describe("entities", () => {
  it("are forgotten when they are removed, and begin anew when they are added again", () => {
    const { store, api } = startStore();
    const fill = (name: string) => {
      const recorder = store.recorder(name);
      // More than a byte holds, so that the entity has memory of its own.
      for (let n = 0; n < 300; n++) recorder.histogram(LATENCY).record(at(0.5), 10);
      recorder.gauge(gauge("cpu")).set(at(0.5), 10);
      recorder.counter(REQUESTS, { region: "eu" }).add(at(0.5), 1);
      recorder.failure(at(0.5), "refused");
      recorder.lifeSign("heartbeat").seen(at(0.5));
      return recorder;
    };
    fill("first");
    store.remove("first");
    const before = store.self();
    const old = fill("gone");
    const handle = old.histogram(LATENCY);
    const [generation, series] = [store.generation("gone"), seriesOf(store, "gone")];
    expect(store.self().bytes).toBeGreaterThan(before.bytes);
    store.remove("gone");
    expect(handle.record(at(0.6), 10)).toBe(false);
    expect(old.histogram(LATENCY, { region: "eu" }).record(at(0.6), 10)).toBe(false);
    old.counter(REQUESTS).add(at(0.6), 1);
    old.lifeSign("heartbeat").seen(at(0.6));
    expect(store.self()).toEqual(before);
    expect(store.histogram(series, 5000, at(1)).count).toBe(0);
    expect(store.generation("gone")).toBe(0);

    const again = store.recorder("gone");
    expect(again).not.toBe(old);
    expect(store.recorder("gone")).toBe(again);
    expect(store.generation("gone")).not.toBe(generation);
    again.histogram(LATENCY);
    expect(seriesOf(store, "gone").id).toBeGreaterThan(series.id);
    expect([store.failures("gone"), store.lifeSigns("gone"), store.lastSeen("gone")]).toEqual([
      [],
      [],
      undefined,
    ]);
    expect(windowOf(store, "gone", 5000, at(1)).count).toBe(0);
    api.record(at(0.7), 10);
    store.advance(at(1));
    expect(windowOf(store, FLEET, 5000, at(1)).count).toBe(601);
    expect(() => store.recorder(FLEET)).toThrow("another name");
  });

  it("never give a series the id of another, however many came and went", () => {
    const { store } = startStore();
    const ids = new Set<number>();
    for (let n = 0; n < 50; n++) {
      const recorder = store.recorder(n % 2 ? "a" : "b");
      recorder.histogram(LATENCY, { n: `${n}` });
      recorder.counter(REQUESTS);
      recorder.gauge(gauge("cpu"));
      const { length } = store.seriesOf(n % 2 ? "a" : "b");
      for (const { id } of store.seriesOf(n % 2 ? "a" : "b")) ids.add(id);
      expect(ids.size).toBe(4 * (n + 1));
      expect(length).toBe(4);
      store.remove(n % 2 ? "a" : "b");
    }
  });

  it("take no more memory however many came and went", () => {
    const { store } = startStore();
    const comeAndGo = (n: number) => {
      for (let ms = 1; ms < 5000; ms *= 2) store.recorder(`s${n}`).histogram(LATENCY).record(at(0.5), ms);
      store.remove(`s${n}`);
    };
    comeAndGo(0);
    const { bytes } = store.self();
    for (let n = 1; n < 50; n++) comeAndGo(n);
    expect(store.self().bytes).toBe(bytes);
  });

  it("take little while they are silent", () => {
    const { store } = startStore();
    const before = store.self().bytes;
    for (let n = 0; n < 100; n++) {
      store.recorder(`s${n}`).histogram(LATENCY);
      store.recorder(`s${n}`).lifeSign("heartbeat").seen(at(0.5));
    }
    store.advance(at(100));
    expect((store.self().bytes - before) / 100).toBeLessThan(1000);
  });
});
