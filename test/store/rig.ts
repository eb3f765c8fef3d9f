import { createStore, type StoreOptions } from "../../src/store/index.ts";

/** Where time begins in tests of the store, ms since the epoch: the end of a whole second. */
export const START = 1_767_225_600_000;

/** An instant so many seconds after that. */
export const at = (seconds: number) => START + seconds * 1000;

/** A store that knows the time, and the recorder of a service in it. */
export function started(options: StoreOptions = {}) {
  const store = createStore(options);
  store.advance(START);
  return { store, api: store.recorder("api") };
}
