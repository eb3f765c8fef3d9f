import type { Metric } from "../../src/core/metric.ts";
import type { CounterHandle, GaugeHandle, HistogramHandle } from "../../src/core/observation.ts";
import { createStore, type Series, type Store, type StoreOptions } from "../../src/store/index.ts";

/** Where time begins in tests of the store, ms since the epoch: the end of a whole second. */
export const START = 1_767_225_600_000;

/** An instant so many seconds after that. */
export const at = (seconds: number) => START + seconds * 1000;

/** A histogram that is kept for the fleet too, with a range as latencies have it. */
export const LATENCY = {
  name: "latency",
  type: "histogram",
  unit: "ms",
  description: "time a request took",
  max: 86_400_000,
  fleet: true,
} as const satisfies Metric;
export const FAILED = {
  name: "failed_latency",
  type: "histogram",
  unit: "ms",
  description: "of failed ones",
} as const satisfies Metric;
export const REQUESTS = {
  name: "requests",
  type: "counter",
  unit: "count",
  description: "requests",
} as const satisfies Metric;

export const gauge = (name: string, range: { min?: number; max?: number } = {}): Metric<"gauge"> => ({
  name,
  type: "gauge",
  unit: "none",
  description: name,
  ...range,
});
export const counter = (name: string): Metric<"counter"> => ({ ...REQUESTS, name });

/** A store whose time has begun, and an entity in it with a handle of each type. */
export function startStore(options: StoreOptions = {}): {
  store: Store;
  api: HistogramHandle;
  requests: CounterHandle;
  temperature: GaugeHandle;
} {
  const store = createStore(options);
  store.advance(START);
  const recorder = store.recorder("api");
  return {
    store,
    api: recorder.histogram(LATENCY),
    requests: recorder.counter(REQUESTS),
    temperature: recorder.gauge(gauge("temperature")),
  };
}

/** Stands for a series that nothing was recorded into. */
const NONE: Series = { id: -1, entity: "none", metric: LATENCY, labels: undefined, openedAt: Number.NaN };

/** The series of that name, or one that is unknown. */
export function seriesOf(
  store: Store,
  entity: string,
  metric: string = LATENCY.name,
  labels?: Series["labels"],
): Series {
  return store.find(entity, metric, labels) ?? NONE;
}

/** The window of an entity's latencies. */
export const windowOf = (store: Store, entity: string, windowMs: number, time: number) =>
  store.histogram(seriesOf(store, entity), windowMs, time);
