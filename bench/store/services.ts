import type { Recorder } from "../../src/core/observation.ts";
import { createStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/types.ts";

/** The first instant of these benchmarks, ms since the epoch. */
export const START = 1_767_225_600_000;

export interface Services {
  readonly store: Store;
  readonly names: readonly string[];
  readonly recorders: readonly Recorder[];
}

/** A store that knows so many services. */
export function storeWith(count: number): Services {
  const store = createStore();
  store.advance(START);
  const names = Array.from({ length: count }, (_, n) => `service-${n}`);
  return { store, names, recorders: names.map((name) => store.recorder(name)) };
}

/** Which service speaks next: as if by chance, the same every time. */
export function mixedOrder(services: number, length: number): Uint32Array {
  return Uint32Array.from({ length }, (_, n) => (Math.imul(n + 1, 2_654_435_761) >>> 0) % services);
}
