import type { Metric } from "../../src/core/metric.ts";
import type { HistogramHandle } from "../../src/core/observation.ts";
import { createStore, type Series, type Store } from "../../src/store/index.ts";

/** The first instant of these benchmarks, ms since the epoch. */
export const START = 1_767_225_600_000;

/** What these benchmarks record: a latency that is kept for the fleet too. */
export const LATENCY = {
  name: "request_latency",
  type: "histogram",
  unit: "ms",
  description: "time of a request",
  max: 86_400_000,
  fleet: true,
} as const satisfies Metric;

export interface Services {
  readonly store: Store;
  readonly series: readonly Series[];
  readonly handles: readonly HistogramHandle[];
}

/** A store of so many services with one histogram each. */
export function storeWith(count: number): Services {
  const store = createStore();
  store.advance(START);
  const names = Array.from({ length: count }, (_, n) => `service-${n}`);
  const handles = names.map((name) => store.recorder(name).histogram(LATENCY));
  return { store, series: names.map((name) => store.find(name, LATENCY.name)!), handles };
}

/** Which service records next: in mixed order, the same every time. */
export function mixedOrder(services: number, length: number): Uint32Array {
  return Uint32Array.from({ length }, (_, n) => (Math.imul(n + 1, 2_654_435_761) >>> 0) % services);
}
