export { METRICS_PER_ENTITY } from "./entity/entity-record.ts";
export { HIGHEST, LOWEST, SUB_BUCKETS } from "./histogram/histogram-layout.ts";
export { LABEL_SETS, LABEL_SETS_PER_ENTITY } from "./label-set-count.ts";
export { ROW_BYTES } from "./slots/slot-chunk.ts";
export { LIMITS, limitsOf, type StoreLimits, TIERS, type Tier, tiersFor } from "./slots/tiers.ts";
export { createStore, EXPIRE_AFTER_MS, type StoreOptions } from "./store.ts";
export * from "./types.ts";
