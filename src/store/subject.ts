import type { Archive } from "./slots/archive.ts";
import type { Placed } from "./slots/series-table.ts";

/** A histogram whose windows can be read: the series of an entity, or one of all entities together. */
export interface Subject extends Placed {
  readonly archive: Archive;
  /** Since when its entity has been kept, ms since the epoch; NaN while no time is known. */
  watchedSince(): number;
}
