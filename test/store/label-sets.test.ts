import { describe, expect, it } from "vitest";
import { LABEL_SETS, LABEL_SETS_PER_SERVICE } from "../../src/store/label-sets.ts";
import { FLEET } from "../../src/store/types.ts";
import { at, started } from "./rig.ts";

describe("labelled requests", () => {
  it("count for their label set and for their service, once for the fleet", () => {
    const { store, api } = started();
    const pay = api.labelled({ endpoint: "/pay", region: "eu" });
    const refund = api.labelled({ endpoint: "/refund", region: "eu" });
    const record = (second: number) => {
      for (let n = 0; n < 3; n++) pay.request(at(second), 10, true);
      refund.request(at(second), 700, false, "internal error");
      api.request(at(second), 50, true);
    };
    for (let second = 1; second <= 30; second++) {
      store.advance(at(second));
      record(second);
      // As each tick asks: windows are kept running.
      store.stats('api{endpoint="/pay",region="eu"}', 5000, at(second));
    }
    const names = store.labelSets("api").map(({ series }) => series);
    expect(names).toEqual(['api{endpoint="/pay",region="eu"}', 'api{endpoint="/refund",region="eu"}']);
    const [paid, refunded] = names.map((name) => store.stats(name, 5000, at(30)));
    expect(paid).toMatchObject({ requestCount: 15, errorCount: 0, max: 10, requestRate: 3 });
    expect(refunded).toMatchObject({ requestCount: 5, errorCount: 5, min: 700 });
    expect(store.stats("api", 5000, at(30))).toMatchObject({
      requestCount: 25,
      errorCount: 5,
      min: 10,
      max: 700,
    });
    expect(store.stats(FLEET, 5000, at(30)).requestCount).toBe(25);
    expect(store.failures("api")[0]?.reason).toBe("internal error");
    const query = { metric: "error_rate", from: at(10), to: at(30), points: 3, windowMs: 5000 } as const;
    expect([...store.series(names[1]!, query)]).toEqual([1, 1, 1]);
    expect(store.distribution(names[0]!, 5000, at(30))).toHaveLength(1);
  });

  it("are refused with their service's: a latency that cannot be, a slot that is closed", () => {
    const { store, api } = started();
    const pay = api.labelled({ endpoint: "/pay" });
    store.advance(at(30));
    pay.request(at(30), Number.NaN, true);
    pay.request(at(3), 10, true);
    expect(store.self()).toMatchObject({ rejected: 1, late: 1 });
    expect(store.stats(store.labelSets("api")[0]!.series, 60_000, at(30)).requestCount).toBe(0);
  });

  it("have one recorder for the same labels, in whatever order they are named", () => {
    const { store, api } = started();
    const first = api.labelled({ endpoint: '/a"b', region: "eu" });
    expect(api.labelled({ region: "eu", endpoint: '/a"b' })).toBe(first);
    expect(api.labelled({})).toBe(api);
    expect(store.labelSets("api")).toEqual([
      { labels: { endpoint: '/a"b', region: "eu" }, series: 'api{endpoint="/a\\"b",region="eu"}' },
    ]);
    expect(store.labelSets("nobody")).toEqual([]);
    expect(store.recorder("web").labelled({ region: "eu" })).not.toBe(first);
  });

  it("keep their own windows and history when another service takes a number that was freed", () => {
    const { store } = started();
    for (let second = 1; second <= 20; second++) {
      store.advance(at(second));
      store.recorder("old").labelled({ endpoint: "/x" }).request(at(second), 10, true);
    }
    store.remove("old");
    expect(store.labelSets("old")).toEqual([]);
    expect(store.stats('old{endpoint="/x"}', 60_000, at(20)).requestCount).toBe(0);
    const fresh = store.recorder("new").labelled({ endpoint: "/y" });
    for (let second = 21; second <= 700; second++) {
      store.advance(at(second));
      fresh.request(at(second), 500, true);
    }
    for (const name of ["new", 'new{endpoint="/y"}']) {
      expect(store.stats(name, 690_000, at(700))).toMatchObject({ requestCount: 680, min: 500 });
      expect(store.stats(name, 1_200_000, at(700))).toMatchObject({ requestCount: 680, min: 500 });
      expect(store.stats(name, 30_000, at(15)).requestCount).toBe(0);
    }
    expect(store.stats(FLEET, 1_200_000, at(700))).toMatchObject({ requestCount: 700, min: 10 });
  });

  it("beyond the cap count for the service alone, and the store says what it dropped", () => {
    const { store, api } = started();
    for (let n = 0; n < LABEL_SETS_PER_SERVICE + 10; n++) {
      api.labelled({ user: `u${n}` }).request(at(0.5), 10, true);
    }
    expect(store.labelSets("api")).toHaveLength(LABEL_SETS_PER_SERVICE);
    expect(store.stats("api", 5000, at(1)).requestCount).toBe(LABEL_SETS_PER_SERVICE + 10);
    const first = `api{user="u${LABEL_SETS_PER_SERVICE}"}`;
    expect(store.self()).toMatchObject({ labelSets: LABEL_SETS_PER_SERVICE, labelSetsDropped: 10 });
    expect(store.self().droppedLabels).toHaveLength(5);
    expect(store.self().droppedLabels[0]).toBe(first);

    for (let service = 0; service < LABEL_SETS / 100; service++) {
      for (let n = 0; n < 100; n++) store.recorder(`s${service}`).labelled({ user: `u${n}` });
    }
    expect(store.self().labelSets).toBe(LABEL_SETS);
    // What a removed service leaves is free for others.
    store.remove("api");
    store.recorder("web").labelled({ user: "u0" }).request(at(0.5), 10, true);
    expect(store.labelSets("web")).toHaveLength(1);
    expect(store.self().labelSetsDropped).toBe(10);
  });
});
