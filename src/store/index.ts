export type { Tier } from "./slots/tiers.ts";
export { createStore, type StoreOptions } from "./store.ts";
