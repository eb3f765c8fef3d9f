import { describe, expect, it } from "vitest";
import { FLEET } from "../../../src/store/index.ts";
import { at, gauge, LATENCY, REQUESTS, seriesOf, startStore, windowOf } from "../harness.ts";

const HOUR = 3600;
const LABELS = { endpoint: "/pay" };

describe("expiry", () => {
  it("forgets label sets and discovered entities that have not been seen for an hour, and counts them", () => {
    const { store, api } = startStore();
    const configured = store.recorder("api");
    configured.histogram(LATENCY, LABELS).record(at(1), 10);
    configured.counter(REQUESTS, LABELS).add(at(1), 1);
    configured.gauge(gauge("depth"), LABELS).set(at(1), 1);
    store.recorder("found", true).gauge(gauge("depth")).set(at(1), 1);
    store.recorder("silent", true);
    const kept = store.recorder("kept", true).lifeSign("heartbeat");
    const { id } = seriesOf(store, "found", "depth");
    for (let second = 60; second <= HOUR; second += 60) {
      store.advance(at(second));
      kept.seen(at(second));
      api.record(at(second), 10);
    }
    expect(store.self()).toMatchObject({ entities: 4, labelSets: 3, expired: 0 });
    store.advance(at(HOUR + 61));
    expect(store.self()).toMatchObject({ entities: 2, labelSets: 0, expired: 5 });
    expect(store.seriesOf("api").every(({ labels }) => labels === undefined)).toBe(true);
    expect([store.generation("found"), store.keptSince("found")]).toEqual([0, Number.NaN]);
    expect(store.find("found", "depth")).toBeUndefined();
    // Named again it is another one.
    store.recorder("found", true).gauge(gauge("depth"));
    expect(seriesOf(store, "found", "depth").id).toBeGreaterThan(id);
    expect(store.gauge(seriesOf(store, "found", "depth"), 2 * HOUR * 1000, at(HOUR + 61)).last).toBeNaN();
  });

  it("gives memory back when what used it has expired and its past is no longer kept", () => {
    const { store, api } = startStore({
      tiers: [
        { slotMs: 1000, keepMs: 60_000 },
        { slotMs: 10_000, keepMs: 600_000 },
      ],
      expireAfterMs: 300_000,
    });
    const tick = (second: number) => {
      store.advance(at(second));
      api.record(at(second), 10);
      for (const { entity } of [seriesOf(store, "api"), ...store.seriesOf("found-7")])
        windowOf(store, entity, 10_000, at(second));
    };
    for (let second = 1; second <= 700; second++) tick(second);
    const before = store.self().bytes;
    const handles = Array.from({ length: 500 }, (_, n) => {
      const recorder = store.recorder(`found-${n}`, true);
      return [recorder.histogram(LATENCY), recorder.histogram(LATENCY, LABELS)];
    }).flat();
    const depth = store.recorder("found-7", true).gauge(gauge("depth"));
    for (let second = 701; second <= 720; second++) {
      tick(second);
      depth.set(at(second), second);
      for (const [nth, handle] of handles.entries()) handle.record(at(second), 2 ** (nth % 12));
      for (let n = 0; n < 500; n++) windowOf(store, `found-${n}`, 10_000, at(second));
    }
    const most = store.self().bytes;
    for (let second = 721; second <= 1800; second++) tick(second);
    expect(store.self()).toMatchObject({ entities: 1, labelSets: 0 });
    // What is kept for use again, such as the room of the builders of slots, is a small part of what they took.
    expect(store.self().bytes - before).toBeLessThan((most - before) / 10);
  });

  it("never forgets a configured entity, also one that was discovered before", () => {
    const { store } = startStore();
    store.recorder("found", true);
    store.recorder("found");
    store.recorder("api", true);
    for (let hour = 1; hour <= 5; hour++) store.advance(at(hour * HOUR));
    expect(store.self()).toMatchObject({ entities: 2, expired: 0 });
  });

  it("loses nothing that comes through a handle whose series or entity has expired", () => {
    const { store } = startStore({ expireAfterMs: 60_000 });
    const recorder = store.recorder("found", true);
    const own = recorder.histogram(LATENCY);
    const labelled = recorder.histogram(LATENCY, LABELS);
    const counted = recorder.counter(REQUESTS, LABELS);
    const depth = recorder.gauge(gauge("depth"));
    const heartbeat = recorder.lifeSign("heartbeat");
    const generation = store.generation("found");
    const before = [LATENCY.name, REQUESTS.name].map((name) => seriesOf(store, "found", name, LABELS).id);
    own.record(at(1), 5);
    store.advance(at(300));
    expect(store.self()).toMatchObject({ entities: 1, labelSets: 0 });

    labelled.record(at(300), 10);
    labelled.recordBuckets(at(300), [10], [3, 0]);
    counted.add(at(300), 2);
    depth.set(at(300), 7);
    heartbeat.seen(at(300));
    store.advance(at(301));
    expect(windowOf(store, "found", 5000, at(301)).count).toBe(4);
    const window = (name: string) => seriesOf(store, "found", name, LABELS);
    expect(store.histogram(window(LATENCY.name), 5000, at(301)).count).toBe(4);
    expect(store.counter(window(REQUESTS.name), 5000, at(301)).increase).toBe(2);
    expect(store.counter(seriesOf(store, "found", REQUESTS.name), 5000, at(301)).increase).toBe(2);
    expect(store.gauge(seriesOf(store, "found", "depth"), 5000, at(301)).last).toBe(7);
    expect(store.lifeSigns("found").map(({ name, lastSeenAt }) => ({ name, lastSeenAt }))).toEqual([
      { name: "heartbeat", lastSeenAt: at(300) },
    ]);
    expect(windowOf(store, FLEET, 900_000, at(301)).count).toBe(5);
    expect(store.generation("found")).not.toBe(generation);
    expect(store.keptSince("found")).toBe(at(300));
    for (const [nth, name] of [LATENCY.name, REQUESTS.name].entries())
      expect(window(name).id).toBeGreaterThan(before[nth]!);
    // The recorder that is found by its name is the one that the old handles belong to.
    expect(store.recorder("found", true)).toBe(recorder);
  });

  it("counts through two handles of the same labels as one series", () => {
    const { store } = startStore({ expireAfterMs: 60_000 });
    const recorder = store.recorder("api");
    const old = recorder.histogram(LATENCY, LABELS);
    store.advance(at(300));
    expect(store.self()).toMatchObject({ labelSets: 0, expired: 1 });
    const fresh = recorder.histogram(LATENCY, LABELS);
    expect(fresh).not.toBe(old);
    for (const handle of [old, fresh, old]) handle.record(at(300), 10);
    old.recordBuckets(at(300), [10], [2, 0]);
    store.advance(at(301));
    expect(store.self().labelSets).toBe(1);
    expect(store.histogram(seriesOf(store, "api", LATENCY.name, LABELS), 5000, at(301)).count).toBe(5);
    expect(windowOf(store, "api", 5000, at(301)).count).toBe(5);
  });

  it("drops what comes for an entity that was removed after it had expired", () => {
    const { store } = startStore({ expireAfterMs: 60_000 });
    const handle = store.recorder("found", true).histogram(LATENCY);
    store.advance(at(300));
    store.remove("found");
    expect(handle.record(at(300), 10)).toBe(false);
    expect(store.self()).toMatchObject({ entities: 1, expired: 1 });
  });
});
