import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EntityKind } from "../../src/core/entity.ts";
import type { Metric } from "../../src/core/metric.ts";
import { service } from "../../src/kinds/service.ts";
import { ServiceRecorder } from "../../src/kinds/service-recorder.ts";
import { EntityMeasures, ReadPlans } from "../../src/measures/entity-measures.ts";
import { createStore } from "../../src/store/index.ts";

const START = 1_767_225_600_000;
const WINDOW_MS = 10_000;

function start(kind: EntityKind = service, limits = { p99: { degraded: 500 } }) {
  const store = createStore();
  store.advance(START);
  const recorder = store.recorder("api");
  const measures = new EntityMeasures("api", kind, store, new ReadPlans(), limits, 5_000);
  return { store, recorder, measures, requests: new ServiceRecorder(recorder) };
}

describe("the measures of a service", () => {
  it("match the recorded window", () => {
    const { store, measures, requests } = start();
    const at = START + 4_321;
    for (let n = 0; n < 100; n++) requests.request(START + 1_000 + n * 30, 10 + n, n % 10 !== 0);
    for (let n = 0; n < 20; n++) requests.check(START + 1_000 + n * 100, n > 0);
    requests.cpu(at - 10, 42);
    store.advance(at);
    const values = measures.values(WINDOW_MS, at);
    expect(values).toMatchObject({
      requests: 100,
      errors: 10,
      error_rate: 0.1,
      availability: 90,
      checks: 20,
      failed_checks: 1,
      cpu: 42,
      max_latency: 109,
    });
    expect(values.memory).toBeNaN();
    expect(values.p50! / 59).toBeCloseTo(1, 1);
  });

  it("include every measure that is not on demand, known or unknown", () => {
    const { measures } = start();
    const expected = service.measures.filter(({ onDemand }) => onDemand !== true).map(({ id }) => id);
    expect(Object.keys(measures.values(WINDOW_MS, START))).toEqual(expected);
  });

  it("take the lower of passed checks and successful requests for availability", () => {
    const { store, measures, requests } = start();
    requests.request(START + 100, 5, true);
    requests.request(START + 200, 5, false);
    store.advance(START + 1_000);
    expect(measures.values(WINDOW_MS, START + 1_000).availability).toBe(50);
    requests.check(START + 1_100, true);
    store.advance(START + 2_000);
    expect(measures.values(WINDOW_MS, START + 2_000).availability).toBe(50);
    for (let n = 0; n < 3; n++) requests.check(START + 2_100 + n, false);
    store.advance(START + 3_000);
    expect(measures.values(WINDOW_MS, START + 3_000).availability).toBe(25);
  });

  it("do not count failed requests as within the limit, however fast", () => {
    const { store, measures, requests } = start();
    for (let n = 0; n < 100; n++) requests.request(START + 100 + n, 1, false, "refused");
    store.advance(START + 1_000);
    expect(measures.value("within", WINDOW_MS, START + 1_000)).toBe(0);
    for (let n = 0; n < 300; n++) requests.request(START + 1_100 + n, n < 200 ? 20 : 900, true);
    store.advance(START + 2_000);
    expect(measures.value("within", WINDOW_MS, START + 2_000)).toBeCloseTo(0.5, 2);
  });

  it("include a gauge only while it is fresh", () => {
    const { store, measures, requests } = start();
    requests.cpu(START + 500, 42);
    store.advance(START + 5_400);
    expect(measures.values(60_000, START + 5_400).cpu).toBe(42);
    store.advance(START + 8_000);
    expect(measures.values(60_000, START + 8_000).cpu).toBeNaN();
  });
});

it("use the same window for both parts of a ratio, at any instant", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ ms: fc.integer({ min: 1, max: 20_000 }), ok: fc.boolean() }), {
        minLength: 1,
        maxLength: 60,
      }),
      fc.integer({ min: 1, max: 20_000 }),
      (events, until) => {
        const { store, measures, requests } = start();
        const before = events.filter(({ ms }) => ms <= until).sort((a, b) => a.ms - b.ms);
        for (const { ms, ok } of before) {
          store.advance(START + ms);
          requests.request(START + ms, 10, ok);
          requests.check(START + ms, ok);
        }
        store.advance(START + until);
        const values = measures.values(WINDOW_MS, START + until);
        expect(values.checks || 0).toBe(values.requests);
        expect(values.failed_checks || 0).toBe(values.errors);
        const expected = values.requests! > 0 ? values.errors! / values.requests! : Number.NaN;
        expect(values.error_rate).toBe(expected);
      },
    ),
    { numRuns: 60 },
  );
});

it("are the same as a series and at each single point", () => {
  const { store, measures, requests } = start();
  for (let second = 1; second <= 40; second++) {
    const at = START + second * 1_000;
    for (let n = 0; n < 10; n++) requests.request(at - 500, 10 * second, n > 0);
    store.advance(at);
  }
  const query = { from: START + 12_000, to: START + 40_000, points: 15, windowMs: 5_000 };
  for (const id of ["p99", "error_rate", "request_rate", "availability", "within"]) {
    const series = measures.series(id, query);
    for (let point = 0; point < query.points; point++) {
      const at = query.from + (point * (query.to - query.from)) / (query.points - 1);
      expect(series[point], `${id} at ${at}`).toBeCloseTo(measures.value(id, 5_000, at), 6);
    }
  }
});

it("end with the validity of a gauge, unless the points of a chart are farther apart", () => {
  const { store, measures, requests } = start();
  for (let second = 1; second <= 60; second++) {
    if (second <= 30) requests.cpu(START + second * 1_000, 42);
    requests.heartbeat(START + second * 1_000);
    store.advance(START + second * 1_000);
  }
  const at = (second: number) => START + second * 1_000;
  const fine = measures.series("cpu", { from: at(20), to: at(60), points: 41, windowMs: 15_000 });
  expect([...fine.subarray(0, 11)]).toEqual(Array(11).fill(42));
  expect([...fine.subarray(16)]).toEqual(Array(25).fill(Number.NaN));
  const coarse = measures.series("cpu", { from: at(0), to: at(60), points: 4, windowMs: 20_000 });
  expect([...coarse.subarray(1)]).toEqual([42, 42, Number.NaN]);
});

describe("another entity kind", () => {
  const depth = {
    name: "depth",
    type: "gauge",
    unit: "count",
    description: "waiting",
  } as const satisfies Metric;
  const acked = {
    name: "acked",
    type: "counter",
    unit: "count",
    description: "done",
  } as const satisfies Metric;
  const queue: EntityKind = {
    kind: "queue",
    title: "queues",
    description: "a queue",
    metrics: [depth, acked],
    measures: [
      {
        id: "depth",
        title: "depth",
        unit: "count",
        description: "waiting",
        worse: "up",
        read: { type: "statistic", metric: "depth", stat: "last" },
      },
      {
        id: "ack_rate",
        title: "acks",
        unit: "per_second",
        description: "acks",
        worse: "none",
        read: { type: "statistic", metric: "acked", stat: "rate" },
      },
    ],
    columns: [],
    headline: "depth",
    bars: [],
    compared: [],
  };

  it("is read the same way, with the spread of a gauge for charts", () => {
    const { store, recorder, measures } = start(queue, {} as never);
    const gauge = recorder.gauge(depth);
    const counter = recorder.counter(acked);
    for (let tenth = 1; tenth <= 100; tenth++) {
      const at = START + tenth * 100;
      gauge.set(at, tenth % 10);
      counter.add(at, 3);
      store.advance(at);
    }
    const at = START + 10_000;
    expect(measures.values(5_000, at)).toMatchObject({ depth: 0, ack_rate: 30 });
    const query = { from: at - 4_000, to: at, points: 5, windowMs: 1_000 };
    expect([...measures.series("depth", query, "max")]).toEqual([9, 9, 9, 9, 9]);
    expect([...measures.series("depth", query, "min")]).toEqual([0, 0, 0, 0, 0]);
    expect(measures.distribution("depth", 5_000, at)).toEqual([]);
  });
});
