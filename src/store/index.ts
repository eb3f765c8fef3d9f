export { createStore, type StoreOptions } from "./store.ts";
export type { Tier } from "./tiers.ts";
