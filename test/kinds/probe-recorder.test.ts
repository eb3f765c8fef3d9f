import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { service } from "../../src/kinds/service.ts";
import { ProbeRecorder } from "../../src/kinds/service-recorder.ts";
import { EntityMeasures, ReadPlans } from "../../src/measures/entity-measures.ts";
import { createStore } from "../../src/store/index.ts";
import { FLEET } from "../../src/store/types.ts";

const START = 1_767_225_600_000;
const WINDOW_MS = 60_000;
const LIMIT_MS = 500;

function start() {
  const store = createStore();
  store.advance(START);
  const plans = new ReadPlans();
  const limits = { p99: { degraded: LIMIT_MS } };
  const measuresOf = (entity: string) => new EntityMeasures(entity, service, store, plans, limits, 5_000);
  const probes = new ProbeRecorder(store.recorder("shop"));
  return { store, probes, measures: measuresOf("shop"), fleet: measuresOf(FLEET) };
}

const beat = fc.record({
  at: fc.integer({ min: 1, max: 50_000 }),
  ms: fc.integer({ min: 1, max: 20_000 }),
  type: fc.constantFrom("ok" as const, "failed" as const, "skipped" as const),
});

describe("the measures of a probed service", () => {
  it("count probes that ended exactly, and skipped ones only in the latencies", () => {
    fc.assert(
      fc.property(fc.array(beat, { maxLength: 60 }), (beats) => {
        const { store, probes, measures, fleet } = start();
        for (const { at, ms, type } of beats.toSorted((a, b) => a.at - b.at)) {
          store.advance(START + at);
          if (type === "skipped") probes.skipped(START + at, ms);
          else probes.probe(START + at, ms, type === "ok" ? undefined : "refused");
        }
        const at = START + 51_000;
        store.advance(at);
        const skipped = beats.filter(({ type }) => type === "skipped");
        const ended = beats.filter(({ type }) => type !== "skipped");
        const failed = beats.filter(({ type }) => type === "failed");
        const values = measures.values(WINDOW_MS, at);
        expect(values.requests).toBe(ended.length);
        expect(values.errors).toBe(failed.length);
        expect(values.latencies).toBe(beats.length);
        expect(fleet.values(WINDOW_MS, at).requests).toBe(ended.length);
        const [point] = measures.series("requests", { from: at, to: at, points: 1, windowMs: WINDOW_MS });
        expect(point).toBe(beats.length === 0 ? values.requests : ended.length);
        if (ended.length > 0) {
          expect(values.error_rate).toBeCloseTo(failed.length / ended.length, 12);
          expect(values.availability).toBeCloseTo(100 * (1 - failed.length / ended.length), 10);
        } else {
          expect(values.error_rate).toBeNaN();
          expect(values.availability).toBeNaN();
        }
        if (skipped.length > 0) expect(values.waits).toBe(skipped.length);
        const longest = Math.max(...beats.map(({ ms }) => ms));
        if (beats.length > 0) expect(values.max_latency).toBe(longest);
      }),
      { numRuns: 60 },
    );
  });

  it("count neither failures nor waits as within the limit, however short", () => {
    const { store, probes, measures } = start();
    for (let nth = 0; nth < 10; nth++) probes.probe(START + 1 + nth, 40, undefined);
    for (let nth = 0; nth < 5; nth++) probes.probe(START + 20 + nth, 40, "refused");
    for (let nth = 0; nth < 5; nth++) probes.skipped(START + 40 + nth, 200);
    store.advance(START + 2_000);
    expect(measures.value("within", WINDOW_MS, START + 2_000)).toBeCloseTo(10 / 20, 10);
  });
});
