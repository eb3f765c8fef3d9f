import { describe, expect, it } from "vitest";
import { FLEET, LABEL_SETS, LABEL_SETS_PER_ENTITY } from "../../../src/store/index.ts";
import { at, gauge, LATENCY, REQUESTS, seriesOf, startStore, windowOf } from "../harness.ts";

describe("labelled series", () => {
  it("count for their label set and for their entity, once for the fleet", () => {
    const { store, api, requests } = startStore();
    const recorder = store.recorder("api");
    const labels = [
      { endpoint: "/pay", region: "eu" },
      { endpoint: "/refund", region: "eu" },
    ];
    const [pay, refund] = labels.map((each) => recorder.histogram(LATENCY, each));
    const counted = recorder.counter(REQUESTS, labels[0]);
    for (let second = 1; second <= 30; second++) {
      for (let n = 0; n < 3; n++) pay!.record(at(second), 10);
      refund!.record(at(second), 700);
      api.record(at(second), 50);
      counted.add(at(second), 2);
      requests.add(at(second), 1);
      store.advance(at(second));
      // As each tick reads them: windows are kept running.
      store.histogram(seriesOf(store, "api", LATENCY.name, labels[0]), 5000, at(second));
    }
    const window = (each?: (typeof labels)[number]) =>
      store.histogram(seriesOf(store, "api", LATENCY.name, each), 5000, at(30));
    expect(window(labels[0])).toMatchObject({ count: 15, max: 10, rate: 3 });
    expect(window(labels[1])).toMatchObject({ count: 5, min: 700 });
    expect(window()).toMatchObject({ count: 25, min: 10, max: 700 });
    expect(windowOf(store, FLEET, 5000, at(30)).count).toBe(25);
    const increase = (each?: (typeof labels)[number]) =>
      store.counter(seriesOf(store, "api", REQUESTS.name, each), 5000, at(30)).increase;
    expect([increase(labels[0]), increase()]).toEqual([10, 15]);
    const query = { from: at(10), to: at(30), points: 3, windowMs: 5000 };
    const refunds = seriesOf(store, "api", LATENCY.name, labels[1]);
    expect([...store.values(refunds, "count", query)]).toEqual([5, 5, 5]);
    expect(store.distribution(refunds, 5000, at(30))).toHaveLength(1);
  });

  it("are rejected with their entity's: an invalid value, a slot that is closed", () => {
    const { store } = startStore();
    const pay = store.recorder("api").histogram(LATENCY, { endpoint: "/pay" });
    store.advance(at(30));
    expect([pay.record(at(30), Number.NaN), pay.record(at(3), 10)]).toEqual([false, false]);
    expect(pay.recordBuckets(at(30), [1, 2], [1, 2, -1])).toBe(false);
    expect(store.self()).toMatchObject({ rejected: 2, late: 1 });
    const series = seriesOf(store, "api", LATENCY.name, { endpoint: "/pay" });
    expect(store.histogram(series, 60_000, at(30)).count).toBe(0);
  });

  it("are the same for the same labels, in whatever order they are named", () => {
    const { store, api } = startStore();
    const recorder = store.recorder("api");
    const first = recorder.histogram(LATENCY, { endpoint: '/a"b', region: "eu" });
    expect(recorder.histogram(LATENCY, { region: "eu", endpoint: '/a"b' })).toBe(first);
    expect(recorder.histogram(LATENCY, {})).toBe(api);
    for (const value of [1, 2])
      recorder.counter(REQUESTS, value === 1 ? { a: "x", b: "y" } : { b: "y", a: "x" }).add(at(0.5), value);
    store.advance(at(1));
    expect(
      store.counter(seriesOf(store, "api", REQUESTS.name, { b: "y", a: "x" }), 5000, at(1)).increase,
    ).toBe(3);
    expect(
      store
        .seriesOf("api")
        .map(({ labels }) => labels)
        .filter((labels) => labels !== undefined),
    ).toEqual([
      { endpoint: '/a"b', region: "eu" },
      { a: "x", b: "y" },
    ]);
    expect(store.recorder("web").histogram(LATENCY, { region: "eu" })).not.toBe(first);
  });

  it("of gauges are levels of their own", () => {
    const { store } = startStore();
    const recorder = store.recorder("api");
    for (const [queue, depth] of [
      ["a", 3],
      ["b", 8],
    ] as const)
      recorder.gauge(gauge("depth"), { queue }).set(at(0.5), depth);
    store.advance(at(1));
    const last = (queue: string) => store.gauge(seriesOf(store, "api", "depth", { queue }), 5000, at(1)).last;
    expect([last("a"), last("b")]).toEqual([3, 8]);
    expect(store.find("api", "depth")).toBeUndefined();
  });

  it("keep their own windows and history when another entity takes a place that was freed", () => {
    const { store } = startStore();
    for (let second = 1; second <= 20; second++) {
      store.recorder("old").histogram(LATENCY, { endpoint: "/x" }).record(at(second), 10);
      store.advance(at(second));
    }
    const old = seriesOf(store, "old", LATENCY.name, { endpoint: "/x" });
    store.remove("old");
    expect(store.histogram(old, 60_000, at(20)).count).toBe(0);
    const fresh = store.recorder("new").histogram(LATENCY, { endpoint: "/y" });
    for (let second = 21; second <= 700; second++) {
      fresh.record(at(second), 500);
      store.advance(at(second));
    }
    for (const labels of [undefined, { endpoint: "/y" }]) {
      const series = seriesOf(store, "new", LATENCY.name, labels);
      expect(store.histogram(series, 690_000, at(700))).toMatchObject({ count: 680, min: 500 });
      expect(store.histogram(series, 1_200_000, at(700))).toMatchObject({ count: 680, min: 500 });
      expect(store.histogram(series, 30_000, at(15)).count).toBe(0);
    }
    expect(windowOf(store, FLEET, 1_200_000, at(700))).toMatchObject({ count: 700, min: 10 });
  });

  it("beyond the cap count for the entity alone, and the store reports what it dropped", () => {
    const { store } = startStore();
    const recorder = store.recorder("api");
    for (let n = 0; n < LABEL_SETS_PER_ENTITY + 10; n++) {
      recorder.histogram(LATENCY, { user: `u${n}` }).record(at(0.5), 10);
    }
    expect(store.seriesOf("api").filter(({ labels }) => labels)).toHaveLength(LABEL_SETS_PER_ENTITY);
    recorder.counter(REQUESTS, { user: "x" }).add(at(0.5), 5);
    recorder.gauge(gauge("depth"), { user: "x" }).set(at(0.5), 5);
    store.advance(at(1));
    expect(windowOf(store, "api", 5000, at(1)).count).toBe(LABEL_SETS_PER_ENTITY + 10);
    expect(store.counter(seriesOf(store, "api", REQUESTS.name), 5000, at(1)).increase).toBe(5);
    expect(store.self()).toMatchObject({ labelSets: LABEL_SETS_PER_ENTITY, labelSetsDropped: 12 });
    expect(store.self().droppedLabels).toHaveLength(5);
    expect(store.self().droppedLabels[0]).toBe(`api latency{user="u${LABEL_SETS_PER_ENTITY}"}`);

    for (let entity = 0; entity < LABEL_SETS / 100; entity++) {
      for (let n = 0; n < 100; n++) store.recorder(`s${entity}`).histogram(LATENCY, { user: `u${n}` });
    }
    expect(store.self().labelSets).toBe(LABEL_SETS);
    // A handle that found no room takes what a removed entity leaves.
    const waiting = store.recorder("web").histogram(LATENCY, { user: "u0" });
    waiting.record(at(1.5), 10);
    store.remove("api");
    waiting.record(at(1.5), 10);
    store.advance(at(2));
    expect(store.histogram(seriesOf(store, "web", LATENCY.name, { user: "u0" }), 5000, at(2)).count).toBe(1);
    expect(windowOf(store, "web", 5000, at(2)).count).toBe(2);
    expect(store.self().labelSetsDropped).toBe(13);
  });
});
