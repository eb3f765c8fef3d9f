import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStore, FLEET } from "../../src/store/index.ts";
import { expectWindow } from "./expect-window.ts";
import { FAILED, LATENCY, REQUESTS, START, seriesOf } from "./harness.ts";
import { exactValues, exactWindow, type SeenValue, slotOf } from "./reference.ts";

const ENTITIES = ["api", "db", "web"];
const HISTOGRAMS = [LATENCY, FAILED] as const;

const value = fc.oneof(
  fc.double({ min: 0.001, max: 3_600_000, noNaN: true }),
  fc.double({ min: 1, max: 500, noNaN: true }),
);
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("record" as const),
      entity: fc.constantFrom(...ENTITIES),
      metric: fc.constantFrom(...HISTOGRAMS),
      offset: fc.integer({ min: -2500, max: 1900 }),
      value,
      times: fc.constantFrom(1, 1, 1, 3, 300),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("count" as const),
      entity: fc.constantFrom(...ENTITIES),
      offset: fc.integer({ min: -2500, max: 1900 }),
      by: fc.integer({ min: 0, max: 2 ** 40 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("advance" as const),
      by: fc.oneof(
        { weight: 12, arbitrary: fc.integer({ min: 1, max: 2500 }) },
        { weight: 1, arbitrary: fc.constantFrom(20_000, 1_000_000, 40_000_000) },
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("ask" as const),
      entity: fc.constantFrom(...ENTITIES),
      windowMs: fc.constantFrom(500, 5000, 5000, 60_000, 900_000),
      back: fc.constantFrom(0, 0, 0, 700, 3000, 20_000),
    }),
  },
);

describe("store", () => {
  it("answers any window as the exact reference does, whatever was recorded and asked before", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 150 }), (steps) => {
        const store = createStore();
        store.advance(START);
        const recorders = new Map(ENTITIES.map((entity) => [entity, store.recorder(entity)]));
        for (const recorder of recorders.values()) for (const each of HISTOGRAMS) recorder.histogram(each);
        const seen: SeenValue[] = [];
        let now = START;
        let openSlot = slotOf(now) + 1;
        let late = 0;
        /** The slot that an observation counts in; undefined when it is late. */
        const place = (time: number) => {
          const slot = slotOf(time);
          openSlot = Math.max(openSlot, slot);
          if (slot >= Math.min(openSlot - 1, Math.floor(now / 1000))) return openSlot;
          late += 1;
          return undefined;
        };
        const ask = (entity: string, windowMs: number, at: number) => {
          const exact = (of: string, metric: string) =>
            exactValues(seen, of === FLEET ? ENTITIES : [of], metric, windowMs, at);
          for (const of of [entity, FLEET]) {
            const series = seriesOf(store, of);
            expectWindow(store.histogram(series, windowMs, at), exactWindow(exact(of, LATENCY.name)));
          }
          expectWindow(
            store.histogram(seriesOf(store, entity, FAILED.name), windowMs, at),
            exactWindow(exact(entity, FAILED.name)),
          );
          const { increase } = store.counter(seriesOf(store, entity, REQUESTS.name), windowMs, at);
          expect(increase).toBe(exact(entity, REQUESTS.name).reduce((sum, by) => sum + by, 0));
        };
        for (const each of steps) {
          if (each.do === "advance") {
            now += each.by;
            store.advance(now);
            openSlot = Math.max(openSlot, Math.floor(now / 1000) + 1);
          } else if (each.do === "record") {
            const { entity, metric } = each;
            const handle = recorders.get(entity)!.histogram(metric);
            for (let n = 0; n < each.times; n++) {
              const slot = place(now + each.offset);
              expect(handle.record(now + each.offset, each.value)).toBe(slot !== undefined);
              if (slot !== undefined) seen.push({ slot, entity, metric: metric.name, value: each.value });
            }
          } else if (each.do === "count") {
            recorders
              .get(each.entity)!
              .counter(REQUESTS)
              .add(now + each.offset, each.by);
            const slot = place(now + each.offset);
            if (slot !== undefined)
              seen.push({ slot, entity: each.entity, metric: REQUESTS.name, value: each.by });
          } else {
            ask(each.entity, each.windowMs, now - each.back);
          }
        }
        for (const entity of ENTITIES) ask(entity, 60_000, now);
        expect(store.self()).toMatchObject({ late, rejected: 0, entities: 3, expired: 0 });
      }),
      { numRuns: 150 },
    );
  });

  it("gives the same running window as a store that is asked for the first time", () => {
    const traffic = fc.array(fc.array(value, { maxLength: 12 }), { minLength: 5, maxLength: 90 });
    const shapes = fc.array(fc.boolean(), { minLength: 90, maxLength: 90 });
    fc.assert(
      fc.property(traffic, fc.integer({ min: 0, max: 999 }), shapes, (seconds, phase, shape) => {
        const asked = createStore();
        const fresh = createStore();
        for (const store of [asked, fresh]) store.recorder("api").histogram(LATENCY);
        // Ticks seldom fall on the end of a slot.
        let at = START + phase;
        const window = (store: typeof asked, entity: string, withShape?: boolean) =>
          store.histogram(seriesOf(store, entity), 10_000, at, withShape);
        seconds.forEach((each, second) => {
          at += 1000;
          for (const store of [asked, fresh]) {
            store.advance(at);
            const handle = store.recorder("api").histogram(LATENCY);
            each.forEach((ms, nth) => void handle.record(at - nth, ms));
          }
          window(asked, "api", shape[second]);
          window(asked, FLEET);
        });
        const once = window(fresh, "api");
        expect(window(asked, "api", false)).toMatchObject({ count: once.count, max: once.max });
        expect(window(asked, "api")).toEqual(once);
        expect(window(asked, FLEET)).toEqual(once);
      }),
      { numRuns: 60 },
    );
  });

  it("gives a counter and a histogram of the same events the same window, at any instant", () => {
    const events = fc.array(
      fc.record({
        after: fc.integer({ min: 1, max: 4000 }),
        lag: fc.integer({ min: -900, max: 2500 }),
        times: fc.integer({ min: 0, max: 3 }),
      }),
      { minLength: 5, maxLength: 200 },
    );
    const tiers = [
      { slotMs: 1000, keepMs: 60_000 },
      { slotMs: 4000, keepMs: 240_000 },
      { slotMs: 12_000, keepMs: 1_200_000 },
    ];
    const questions = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 700_000 }), fc.integer({ min: 0, max: 600_000 })),
      { minLength: 10, maxLength: 20 },
    );
    fc.assert(
      fc.property(events, questions, (all, asked) => {
        const store = createStore({ tiers });
        store.advance(START);
        const recorder = store.recorder("api");
        const [values, counts] = [recorder.histogram(LATENCY), recorder.counter(REQUESTS)];
        let now = START;
        for (const { after, lag, times } of all) {
          now += after;
          store.advance(now);
          for (let n = 0; n < times; n++) {
            values.record(now - lag, 10);
            counts.add(now - lag, 1);
          }
        }
        const [histogram, counted] = [seriesOf(store, "api"), seriesOf(store, "api", REQUESTS.name)];
        for (const [windowMs, back] of asked) {
          const { count, rate } = store.histogram(histogram, windowMs, now - back, false);
          expect(store.counter(counted, windowMs, now - back)).toEqual({ increase: count, rate });
        }
      }),
      { numRuns: 100 },
    );
  });
});
