import fc from "fast-check";
import { expect, it } from "vitest";
import { createStore, FLEET, type Store } from "../../../src/store/index.ts";
import { at, FAILED, LATENCY, START } from "../harness.ts";

const ENTITIES = ["a", "b", "c", "d", "e", "f", "g", "h"];

type Step =
  | { readonly do: "record"; readonly entity: number; readonly labelled: boolean; readonly value: number }
  | { readonly do: "many"; readonly entity: number; readonly value: number; readonly count: number }
  | { readonly do: "pass"; readonly ms: number }
  | { readonly do: "advance" }
  | { readonly do: "remove"; readonly entity: number };

const entity = fc.nat(ENTITIES.length - 1);
// From below the range to above it: series get longer blocks while their last slot is being closed.
const value = fc.oneof(
  fc.constantFrom(0, 1, 5e6),
  fc.integer({ min: -12, max: 23 }).map((power) => 1.3 * 2 ** power),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant("record"), entity, labelled: fc.boolean(), value }) },
  // More than a byte can count.
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("many"), entity, value, count: fc.integer({ min: 1, max: 700 }) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("pass"), ms: fc.integer({ min: 50, max: 1700 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("advance") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("remove"), entity }) },
);

/** Everything a store can tell at an instant. */
function allOf(store: Store, time: number): unknown {
  return [FLEET, ...ENTITIES].map((name) =>
    store
      .seriesOf(name)
      .map((series) => [
        series.metric.name,
        series.labels,
        [1000, 3000, 60_000].map((ms) => [
          store.histogram(series, ms, time),
          store.distribution(series, ms, time),
        ]),
        store.lastSet(series),
        store.values(series, "p99", { from: time - 20_000, to: time, points: 21, windowMs: 1000 }),
      ]),
  );
}

function replay(
  steps: readonly Step[],
  afterEach: (store: Store, time: number) => void,
): { store: Store; time: number } {
  const store = createStore();
  store.advance(START);
  let time = at(0.3);
  for (const one of steps) {
    if (one.do === "pass") time += one.ms;
    else if (one.do === "advance") store.advance(time);
    else if (one.do === "remove") store.remove(ENTITIES[one.entity]!);
    else {
      const handle = store.recorder(ENTITIES[one.entity]!);
      const metric = one.entity % 2 === 0 ? LATENCY : FAILED;
      const histogram = handle.histogram(
        metric,
        one.do === "record" && one.labelled ? { path: "/x" } : undefined,
      );
      const times = one.do === "many" ? one.count : 1;
      for (let nth = 0; nth < times; nth++) histogram.record(time, one.value);
    }
    afterEach(store, time);
  }
  store.advance(time);
  return { store, time };
}

it("answers as if each slot had been closed at once, however far its closing has come", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 150 }), (steps) => {
      // A question closes what is left of a slot.
      const atOnce = replay(steps, (store, time) => {
        for (const name of ENTITIES) {
          for (const series of store.seriesOf(name)) store.histogram(series, 1000, time);
        }
      });
      const inSlices = replay(steps, () => {});
      expect(allOf(inSlices.store, inSlices.time)).toEqual(allOf(atOnce.store, atOnce.time));
    }),
    { numRuns: Number(process.env.RUNS ?? 100) },
  );
});
